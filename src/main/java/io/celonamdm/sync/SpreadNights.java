package io.celonamdm.sync;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.quartz.JobExecutionContext;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.listeners.TriggerListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Puts nightly firings off to the sync's own time in the jitter. A Quartz schedule has no such thing: the trigger fires
 * for all syncs of a schedule at once, and what the ledger says is due counts.
 */
@Component
class SpreadNights extends TriggerListenerSupport {
    private static final Logger LOG = LoggerFactory.getLogger(SpreadNights.class);

    private final Syncs syncs;
    private final ObjectProvider<Nights> nights;
    private final ObjectProvider<Triggers> triggers;
    private final Clock clock;

    SpreadNights(Syncs syncs, ObjectProvider<Nights> nights, ObjectProvider<Triggers> triggers, Clock clock) {
        this.syncs = syncs;
        this.nights = nights;
        this.triggers = triggers;
        this.clock = clock;
    }

    @Override
    public String getName() {
        return "spread-nights";
    }

    @Override
    public boolean vetoJobExecution(Trigger trigger, JobExecutionContext context) {
        // the triggers of what is due and of a person have the sync's name in groups of their own
        if (!Triggers.GROUP.equals(trigger.getKey().getGroup())) {
            return false;
        }
        Sync sync = syncs.find(trigger.getKey().getName())
                .filter(each -> !each.jitter().isZero())
                .orElse(null);
        Optional<Instant> due =
                sync == null ? Optional.empty() : nights.getObject().dueAt(sync);
        if (sync == null || due.isEmpty() || !due.get().isAfter(clock.instant())) {
            return false;
        }
        try {
            triggers.getObject().dueAt(sync.name(), due.get());
        } catch (SchedulerException e) {
            // a night that is due is found in the ledger within a minute
            LOG.warn("the night of sync {} could not be put off: {}", sync.name(), e.getMessage());
        }
        return true;
    }
}
