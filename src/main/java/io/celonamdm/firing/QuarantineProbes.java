package io.celonamdm.firing;

import io.celonamdm.http.Failures;
import io.celonamdm.ledger.run.SyncStates.Quarantine;
import io.celonamdm.preflight.Finding;
import io.celonamdm.preflight.Inspection;
import io.celonamdm.preflight.Result;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.DueWorkPolicy;
import io.celonamdm.work.Quarantines;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.springframework.stereotype.Component;

/**
 * Probes a quarantined sync that has no work to probe with. It makes the checks of a preflight at the announced time,
 * so that the sync works again before its next night. Work that is due in a while is the better probe.
 */
@Component
public class QuarantineProbes {
    /** The longest time between two probes. */
    private static final Duration A_WHILE = Duration.ofHours(2);

    private final DueWorkPolicy dueWorkPolicy;
    private final OpenRuns runs;
    private final Quarantines quarantines;
    private final Failures failures;
    private final Clock clock;

    QuarantineProbes(
            DueWorkPolicy dueWorkPolicy, OpenRuns runs, Quarantines quarantines, Failures failures, Clock clock) {
        this.dueWorkPolicy = dueWorkPolicy;
        this.runs = runs;
        this.quarantines = quarantines;
        this.failures = failures;
        this.clock = clock;
    }

    /** Whether a probe is due, and no work that is due now or in a while can serve as one. */
    public boolean isDue(@ExchangeProperty("sync") Sync sync) {
        Instant now = clock.instant();
        boolean quarantined = dueWorkPolicy
                .quarantine(sync)
                .filter(each -> !now.isBefore(each.until()))
                .isPresent();
        if (!quarantined) {
            return false;
        }
        Instant next = dueWorkPolicy.nextCall(sync, runs.find(sync)).orElse(null);
        if (next != null && next.isBefore(now.plus(A_WHILE))) {
            if (next.isAfter(now)) {
                quarantines.probeWith(sync, next);
            }
            return false;
        }
        return true;
    }

    /** Evaluates the vendors' answers. */
    public void answered(@ExchangeProperty("sync") Sync sync, @ExchangeProperty("inspection") Inspection inspection) {
        Finding bad = inspection.findings().stream()
                .filter(each -> each.result() == Result.FAILED || Inspection.isOfTheVendor(each))
                .findFirst()
                .orElse(null);
        if (bad == null) {
            quarantines.inOrder(sync);
        } else {
            again(sync, "%s: %s: %s".formatted(bad.check(), bad.code(), bad.seen()));
        }
    }

    /** Handles a probe that could not be made. */
    public void failed(
            @ExchangeProperty("sync") Sync sync, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception exception) {
        again(sync, failures.of(exception).reason());
    }

    private void again(Sync sync, String seen) {
        dueWorkPolicy
                .quarantine(sync)
                .map(Quarantine::code)
                .ifPresent(code -> quarantines.open(sync, null, code, "a probe failed: " + seen));
    }
}
