package io.celonamdm.sync;

import io.celonamdm.ledger.Run;
import io.celonamdm.ledger.Runs;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Runs that a person asks for. */
@Component
public class OnDemand {
    private static final Logger LOG = LoggerFactory.getLogger(OnDemand.class);

    private final Runs runs;
    private final Triggers triggers;

    OnDemand(Runs runs, Triggers triggers) {
        this.runs = runs;
        this.triggers = triggers;
    }

    /**
     * Opens a run and has it fire now.
     *
     * @param planOnly whether it ends after the plan
     * @return false if a run of the sync is open or queued already
     */
    public boolean run(Sync sync, boolean planOnly) {
        boolean opened = open(sync, planOnly);
        if (opened) {
            wake(sync);
        }
        return opened;
    }

    /** Opens a run, which begins with the sync's next firing. Returns false if one is open already. */
    public boolean open(Sync sync, boolean planOnly) {
        return runs.open(
                sync.name(),
                Run.Cause.ON_DEMAND,
                planOnly || sync.settings().planOnly(),
                sync.settings().runWindow());
    }

    /** Has a sync fire now, so that what a person has just made due is taken up. */
    public void wake(Sync sync) {
        try {
            triggers.now(sync.name());
        } catch (SchedulerException e) {
            // what is due is in the ledger, where the sweeper finds it within a minute
            LOG.warn("sync {} could not be triggered and goes on within a minute: {}", sync.name(), e.getMessage());
        }
    }
}
