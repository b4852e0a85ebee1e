package io.celonamdm.firing;

import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.Runs;
import io.celonamdm.ledger.run.SyncStates.Quarantine;
import io.celonamdm.logging.LogScope;
import io.celonamdm.schedule.Nights;
import io.celonamdm.sync.Reports;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.DoubtResolver;
import io.celonamdm.work.DueWorkPolicy;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The open run of a sync: opened by its night, closed when nothing of it is due inside its window. */
@Component
class OpenRuns {
    private final Runs runs;
    private final Nights nights;
    private final Reports reports;
    private final DueWorkPolicy dueWorkPolicy;
    private final DoubtResolver doubtResolver;
    private final Clock clock;

    OpenRuns(
            Runs runs,
            Nights nights,
            Reports reports,
            DueWorkPolicy dueWorkPolicy,
            DoubtResolver doubtResolver,
            Clock clock) {
        this.runs = runs;
        this.nights = nights;
        this.reports = reports;
        this.dueWorkPolicy = dueWorkPolicy;
        this.doubtResolver = doubtResolver;
        this.clock = clock;
    }

    /** The open run. */
    Optional<Run> find(Sync sync) {
        return runs.open(sync.name());
    }

    /** Opens the nightly run if it is due, after closing one that is still open. */
    void openNightly(Sync sync) {
        if (nights.take(sync)) {
            find(sync).ifPresent(reports::close);
            runs.open(
                    sync.name(),
                    Run.Cause.NIGHTLY,
                    sync.settings().planOnly(),
                    sync.settings().runWindow());
            LogScope.run(find(sync).map(Run::id).orElse(null));
        }
    }

    /**
     * Closes the run if nothing of it is due inside its window; its last work is to probe devices left in doubt.
     *
     * @return whether it was closed or given such work
     */
    boolean closeIfOver(Sync sync) {
        Run run = find(sync).orElse(null);
        if (run == null || dueWorkPolicy.keepsOpen(sync, run)) {
            return false;
        }
        boolean goesOn = run.pull() == Run.PullState.DONE
                && !run.planOnly()
                && doubtResolver.probe(sync)
                && dueWorkPolicy.keepsOpen(sync, run);
        if (!goesOn) {
            reports.close(run);
            LogScope.run(null);
        }
        return true;
    }

    /** Whether the run asks for a pull that is due. */
    boolean pullIsDue(Sync sync) {
        Instant now = clock.instant();
        return find(sync).map(Run::pullDueAt).filter(due -> !due.isAfter(now)).isPresent()
                && dueWorkPolicy
                        .quarantine(sync)
                        .map(Quarantine::until)
                        .filter(now::isBefore)
                        .isEmpty();
    }
}
