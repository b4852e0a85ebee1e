package io.celonamdm.firing;

import io.celonamdm.ledger.device.InterruptedWork;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.Runs;
import io.celonamdm.schedule.Nights;
import io.celonamdm.schedule.StuckTriggers;
import io.celonamdm.schedule.Triggers;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import io.celonamdm.work.DueWorkPolicy;
import io.celonamdm.work.failure.LedgerBacklog;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.quartz.SchedulerException;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Sets a missing trigger for each sync whose ledger has something due or in flight. Work in flight may be left from a
 * firing that ended without the ledger; the next firing settles it. If it belongs to a firing in progress, the trigger
 * waits for that firing's end, and the next one finds nothing to do.
 */
@Component
public class Sweeper {
    private final Syncs syncs;
    private final Runs runs;
    private final Nights nights;
    private final DueWorkPolicy dueWorkPolicy;
    private final InterruptedWork interruptedWork;
    private final Triggers triggers;
    private final StuckTriggers stuck;
    private final LedgerBacklog backlog;
    private final Clock clock;

    Sweeper(
            Syncs syncs,
            Runs runs,
            Nights nights,
            DueWorkPolicy dueWorkPolicy,
            InterruptedWork interruptedWork,
            Triggers triggers,
            StuckTriggers stuck,
            LedgerBacklog backlog,
            Clock clock) {
        this.syncs = syncs;
        this.runs = runs;
        this.nights = nights;
        this.dueWorkPolicy = dueWorkPolicy;
        this.interruptedWork = interruptedWork;
        this.triggers = triggers;
        this.stuck = stuck;
        this.backlog = backlog;
        this.clock = clock;
    }

    /** Checks each sync; called every minute, and once after the start. */
    @EventListener(ApplicationReadyEvent.class)
    public void sweep() throws SchedulerException {
        stuck.reset();
        backlog.flush();
        for (Sync sync : syncs.all()) {
            Optional<Run> run = runs.open(sync.name());
            Optional<Instant> next = Stream.of(
                            dueWorkPolicy.nextFiring(sync, run),
                            missedNight(sync),
                            inFlight(sync),
                            notClosed(sync, run))
                    .flatMap(Optional::stream)
                    .min(Instant::compareTo);
            if (next.isPresent()) {
                triggers.dueAt(sync.name(), next.get());
            }
        }
    }

    private Optional<Instant> missedNight(Sync sync) {
        return nights.dueAt(sync).filter(due -> due.isBefore(clock.instant()));
    }

    /** Now, if the open run has nothing left to do: its last firing ended without the ledger. */
    private Optional<Instant> notClosed(Sync sync, Optional<Run> open) {
        return open.filter(run -> !dueWorkPolicy.keepsOpen(sync, run)).map(run -> clock.instant());
    }

    private Optional<Instant> inFlight(Sync sync) {
        return interruptedWork.isAnyInFlight(sync.name()) ? Optional.of(clock.instant()) : Optional.empty();
    }
}
