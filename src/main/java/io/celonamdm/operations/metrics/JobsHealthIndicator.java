package io.celonamdm.operations.metrics;

import io.celonamdm.ledger.report.LedgerSnapshot;
import io.celonamdm.ledger.report.SyncSnapshot;
import io.celonamdm.operations.needs.Need;
import io.celonamdm.operations.needs.Needs;
import io.celonamdm.sync.Expiry;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * The health component {@code jobs}: whether the syncs do their job, with the last good call to each vendor and the
 * expiry dates of credentials, which do not affect the status. A vendor's outage shows only here: {@link #DEGRADED}
 * affects neither the overall health nor the probes, because a restart does not end it.
 */
@Component
class JobsHealthIndicator implements HealthIndicator {
    /** The process is well, but a sync needs a person. Spring excludes unknown statuses from the overall health. */
    static final Status DEGRADED = new Status("DEGRADED");

    private final LedgerWatch ledger;
    private final LastGoodCalls goodCalls;
    private final Needs needs;
    private final Syncs syncs;
    private final Clock clock;

    JobsHealthIndicator(LedgerWatch ledger, LastGoodCalls goodCalls, Needs needs, Syncs syncs, Clock clock) {
        this.ledger = ledger;
        this.goodCalls = goodCalls;
        this.needs = needs;
        this.syncs = syncs;
        this.clock = clock;
    }

    @Override
    public Health health() {
        LedgerSnapshot snapshot = ledger.latest().orElse(null);
        if (snapshot == null) {
            return Health.unknown()
                    .withDetail("reason", "the ledger could not be read; see the component db")
                    .build();
        }
        Health.Builder health = Health.up();
        for (Sync sync : syncs.all()) {
            SyncSnapshot its = snapshot.of(sync.name());
            List<Need> open = needs.of(sync, its);
            boolean degraded = open.stream().anyMatch(need -> need.kind().degrades());
            health.withDetail(sync.name().value(), details(sync, its, open, degraded));
            if (degraded) {
                health.status(DEGRADED);
            }
        }
        return health.build();
    }

    private Map<String, Object> details(Sync sync, SyncSnapshot snapshot, List<Need> open, boolean degraded) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("status", degraded ? DEGRADED.getCode() : Status.UP.getCode());
        details.put("lastGoodRun", snapshot.lastGoodRun().map(Instant::toString).orElse("never"));
        details.put("quarantine", Objects.requireNonNullElse(snapshot.quarantine(), "none"));
        details.put("inDoubt", snapshot.inDoubt());
        details.put("needs", open.stream().map(Need::words).toList());
        details.put("lastGoodCall", goodCalls.of(sync));
        List<String> expiries =
                Expiry.of(sync).stream().map(each -> each.text(clock.instant())).toList();
        if (!expiries.isEmpty()) {
            details.put("credentials", expiries);
        }
        return details;
    }
}
