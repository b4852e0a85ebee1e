package io.celonamdm.work;

import io.celonamdm.http.CallScopes;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.Runs;
import io.celonamdm.ledger.run.StaleFiringException;
import io.celonamdm.planning.Planner;
import io.celonamdm.settings.source.SettingsInForce;
import io.celonamdm.sync.Sync;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Continues the comparison that follows a plan, piece by piece: for half of a firing's slice, while the run is open and the
 * sync is not paused. A later firing goes on with it, in any process.
 */
@Component
public class Comparing {
    private static final Logger LOG = LoggerFactory.getLogger(Comparing.class);
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final Planner planner;
    private final Runs runs;
    private final DueWorkPolicy dueWorkPolicy;
    private final Interruptions interruptions;
    private final SettingsInForce inForce;
    private final Clock clock;

    Comparing(
            Planner planner,
            Runs runs,
            DueWorkPolicy dueWorkPolicy,
            Interruptions interruptions,
            SettingsInForce inForce,
            Clock clock) {
        this.planner = planner;
        this.runs = runs;
        this.dueWorkPolicy = dueWorkPolicy;
        this.interruptions = interruptions;
        this.inForce = inForce;
        this.clock = clock;
    }

    /** Goes on with the comparison that the sync's open run asks for, if it is due. */
    public void goOn(Sync sync) {
        Run run = due(sync).orElse(null);
        if (run == null) {
            return;
        }
        Instant ends = clock.instant().plus(inForce.settings().workSlice().dividedBy(2));
        try {
            while (planner.compareSome(sync, run)) {
                CallScopes.goesOn();
                if (due(sync).isEmpty()
                        || interruptions.mustYield(sync)
                        || !clock.instant().isBefore(ends)) {
                    LOG.info("the comparison of done devices stops here, and goes on later");
                    return;
                }
            }
        } catch (StaleFiringException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("the comparison of done devices failed; what is compared stays so, and it goes on later", e);
            runs.compares(run.id(), clock.instant().plus(AGAIN));
        }
    }

    private Optional<Run> due(Sync sync) {
        Instant now = clock.instant();
        return runs.open(sync.name())
                .filter(run -> dueWorkPolicy
                        .comparisonDueAt(sync, run)
                        .filter(due -> !due.isAfter(now))
                        .isPresent());
    }
}
