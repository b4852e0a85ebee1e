package io.celonamdm.work;

import io.celonamdm.ledger.Runs;
import io.celonamdm.sync.Nights;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import io.celonamdm.sync.Triggers;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.quartz.SchedulerException;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Gives each sync whose ledger has something due the trigger for it, if it lacks one. */
@Component
public class Sweeper {
    private final Syncs syncs;
    private final Runs runs;
    private final Nights nights;
    private final Agenda agenda;
    private final Triggers triggers;
    private final Clock clock;

    Sweeper(Syncs syncs, Runs runs, Nights nights, Agenda agenda, Triggers triggers, Clock clock) {
        this.syncs = syncs;
        this.runs = runs;
        this.nights = nights;
        this.agenda = agenda;
        this.triggers = triggers;
        this.clock = clock;
    }

    /** Looks at each sync; called every minute, and once everything has started. */
    @EventListener(ApplicationReadyEvent.class)
    public void sweep() throws SchedulerException {
        for (Sync sync : syncs.all()) {
            Optional<Instant> next = Stream.concat(
                            agenda.next(sync, runs.open(sync.name())).stream(), missedNight(sync).stream())
                    .min(Instant::compareTo);
            if (next.isPresent()) {
                triggers.dueAt(sync.name(), next.get());
            }
        }
    }

    private Optional<Instant> missedNight(Sync sync) {
        return nights.dueAt(sync).filter(due -> due.isBefore(clock.instant()));
    }
}
