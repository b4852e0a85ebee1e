package io.celonamdm.work;

import io.celonamdm.http.Failures;
import io.celonamdm.ledger.SyncStates.Quarantine;
import io.celonamdm.preflight.Finding;
import io.celonamdm.preflight.Inspection;
import io.celonamdm.preflight.Result;
import io.celonamdm.sync.Sync;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.springframework.stereotype.Component;

/**
 * QuarantineProbes of a quarantined sync for which no work would be one: it is asked what a preflight asks, so that it works again
 * before its next night, and at the time that was announced.
 */
@Component
public class QuarantineProbes {
    private final Agenda agenda;
    private final OpenRuns runs;
    private final Quarantines quarantines;
    private final Failures failures;
    private final Clock clock;

    QuarantineProbes(Agenda agenda, OpenRuns runs, Quarantines quarantines, Failures failures, Clock clock) {
        this.agenda = agenda;
        this.runs = runs;
        this.quarantines = quarantines;
        this.failures = failures;
        this.clock = clock;
    }

    /** Whether the time of a probe has come, and nothing else is due that would be one. */
    public boolean isDue(@ExchangeProperty("sync") Sync sync) {
        return agenda.quarantine(sync)
                        .filter(each -> !clock.instant().isBefore(each.until()))
                        .isPresent()
                && !runs.pullIsDue(sync)
                && agenda.leave(sync).kinds().isEmpty();
    }

    /** The vendors have answered, each in its way. */
    public void answered(@ExchangeProperty("sync") Sync sync, @ExchangeProperty("inspection") Inspection inspection) {
        Finding bad = inspection.findings().stream()
                .filter(each -> each.result() == Result.FAILED || Inspection.isOfTheVendor(each))
                .findFirst()
                .orElse(null);
        if (bad == null) {
            quarantines.answered(sync);
        } else {
            again(sync, "%s: %s: %s".formatted(bad.check(), bad.code(), bad.seen()));
        }
    }

    /** The probe could not be made. */
    public void failed(@ExchangeProperty("sync") Sync sync, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception exception) {
        again(sync, failures.of(exception).reason());
    }

    private void again(Sync sync, String seen) {
        agenda.quarantine(sync)
                .map(Quarantine::code)
                .ifPresent(code -> quarantines.open(sync, code, "a probe failed: " + seen));
    }
}
