package io.celonamdm.schedule;

import io.celonamdm.esim.SyncName;
import io.celonamdm.sync.Syncs;
import java.time.Clock;
import java.time.Duration;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.listeners.TriggerListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Puts back firings of syncs that are missing in this replica's settings while another replica has them, as during a
 * rolling update. Otherwise Camel would consume such a firing and do nothing.
 */
@Component
class UnconfiguredSyncListener extends TriggerListenerSupport {
    private static final Logger LOG = LoggerFactory.getLogger(UnconfiguredSyncListener.class);
    private static final Duration AGAIN = Duration.ofSeconds(15);

    private final Syncs syncs;
    private final ObjectProvider<Triggers> triggers;
    private final Clock clock;

    UnconfiguredSyncListener(Syncs syncs, ObjectProvider<Triggers> triggers, Clock clock) {
        this.syncs = syncs;
        this.triggers = triggers;
        this.clock = clock;
    }

    @Override
    public String getName() {
        return "unknown-syncs";
    }

    @Override
    public boolean vetoJobExecution(Trigger trigger, JobExecutionContext context) {
        JobKey job = trigger.getJobKey();
        if (!Triggers.GROUP.equals(job.getGroup()) || syncs.find(job.getName()).isPresent()) {
            return false;
        }
        LOG.info("sync {} is not in the settings here; its firing is left to another replica", job.getName());
        try {
            triggers.getObject()
                    .putBack(new SyncName(job.getName()), clock.instant().plus(AGAIN));
        } catch (SchedulerException e) {
            // the ledger has its night and due work, which a replica with the sync finds within a minute
            LOG.warn("the firing of sync {} could not be put back: {}", job.getName(), e.getMessage());
        }
        return true;
    }
}
