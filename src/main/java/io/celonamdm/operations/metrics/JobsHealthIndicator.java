package io.celonamdm.operations.metrics;

import io.celonamdm.ledger.Census.Counts;
import io.celonamdm.ledger.Census.SyncCount;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.stereotype.Component;

/**
 * Whether the syncs do their job, as the component {@code jobs} of the health. A vendor's outage shows here alone:
 * {@link #DEGRADED} counts neither for the health as a whole nor for the probes, since no restart mends it.
 */
@Component
class JobsHealthIndicator implements HealthIndicator {
    /** The process is well, and a sync needs a person. Spring leaves a status that it does not know out of the whole. */
    static final Status DEGRADED = new Status("DEGRADED");

    private final LedgerWatch ledger;
    private final Syncs syncs;
    private final Clock clock;

    JobsHealthIndicator(LedgerWatch ledger, Syncs syncs, Clock clock) {
        this.ledger = ledger;
        this.syncs = syncs;
        this.clock = clock;
    }

    @Override
    public Health health() {
        Counts counts = ledger.latest().orElse(null);
        if (counts == null) {
            return Health.unknown()
                    .withDetail("reason", "the ledger could not be read; see the component db")
                    .build();
        }
        Health.Builder health = Health.up();
        for (Sync sync : syncs.all()) {
            JobHealth job = of(sync.name(), counts);
            health.withDetail(sync.name(), job.details());
            if (job.isDegraded()) {
                health.status(DEGRADED);
            }
        }
        return health.build();
    }

    private JobHealth of(String sync, Counts counts) {
        Instant lastGood = counts.lastGoodRun(sync).orElse(null);
        String quarantine = counts.syncs().stream()
                .filter(each -> each.sync().equals(sync))
                .map(SyncCount::quarantine)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        boolean late = counts.missedANight(sync, clock.instant());
        return new JobHealth(lastGood, late, quarantine, counts.inDoubt(sync));
    }

    private record JobHealth(
            @Nullable Instant lastGoodRun,
            boolean late,
            @Nullable String quarantine,
            long inDoubt) {

        boolean isDegraded() {
            return late || quarantine != null || inDoubt > 0;
        }

        Map<String, Object> details() {
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("status", isDegraded() ? DEGRADED.getCode() : Status.UP.getCode());
            details.put("lastGoodRun", lastGoodRun == null ? "never" : lastGoodRun.toString());
            details.put("quarantine", quarantine == null ? "none" : quarantine);
            details.put("inDoubt", inDoubt);
            return details;
        }
    }
}
