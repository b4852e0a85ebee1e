package io.celonamdm.schedule;

import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.Runs;
import io.celonamdm.sync.Sync;
import java.time.Instant;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Runs that a person asks for. */
@Component
public class SyncTrigger {
    private static final Logger LOG = LoggerFactory.getLogger(SyncTrigger.class);

    private final Runs runs;
    private final Triggers triggers;

    SyncTrigger(Runs runs, Triggers triggers) {
        this.runs = runs;
        this.triggers = triggers;
    }

    /**
     * Opens a run and fires it now.
     *
     * @param planOnly whether it ends after the plan
     * @return false if a run of the sync is already open or queued
     */
    public boolean run(Sync sync, boolean planOnly) {
        boolean opened = open(sync, planOnly);
        if (opened) {
            wake(sync);
        }
        return opened;
    }

    /** Opens a run, which begins with the sync's next firing. Returns false if one is already open. */
    public boolean open(Sync sync, boolean planOnly) {
        return runs.open(
                sync.name(),
                Run.Cause.ON_DEMAND,
                planOnly || sync.settings().planOnly(),
                sync.settings().runWindow());
    }

    /** Fires a sync now, so that work which a person has just made due starts. */
    public void wake(Sync sync) {
        try {
            triggers.now(sync.name());
        } catch (SchedulerException e) {
            failed(sync, e);
        }
    }

    /** Fires a sync at a time, unless it fires earlier anyway. */
    public void wakeAt(Sync sync, Instant time) {
        try {
            triggers.dueAt(sync.name(), time);
        } catch (SchedulerException e) {
            failed(sync, e);
        }
    }

    /** The sweeper finds what is due in the ledger within a minute. */
    private static void failed(Sync sync, SchedulerException e) {
        LOG.warn("sync {} could not be triggered, and continues within a minute: {}", sync.name(), e.getMessage());
    }
}
