package io.celonamdm.sync;

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
 * Puts firings back whose sync this replica does not have in its settings, while another one has it, as during a rolling
 * update; without it, Camel would take such a firing and do nothing.
 */
@Component
class UnknownSyncs extends TriggerListenerSupport {
    private static final Logger LOG = LoggerFactory.getLogger(UnknownSyncs.class);
    private static final Duration AGAIN = Duration.ofSeconds(15);

    private final Syncs syncs;
    private final ObjectProvider<Triggers> triggers;
    private final Clock clock;

    UnknownSyncs(Syncs syncs, ObjectProvider<Triggers> triggers, Clock clock) {
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
            triggers.getObject().dueAt(job.getName(), clock.instant().plus(AGAIN));
        } catch (SchedulerException e) {
            // its night, or what is due, is in the ledger, where a replica that has the sync finds it within a minute
            LOG.warn("the firing of sync {} could not be put back: {}", job.getName(), e.getMessage());
        }
        return true;
    }
}
