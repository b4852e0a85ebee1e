package io.celonamdm.schedule;

import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
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
 * Delays nightly firings by the sync's own share of the jitter. Quartz schedules have no jitter: the trigger fires for
 * all syncs of a schedule at once, and the due time in the ledger decides.
 */
@Component
class JitterTriggerListener extends TriggerListenerSupport {
    private static final Logger LOG = LoggerFactory.getLogger(JitterTriggerListener.class);

    private final Syncs syncs;
    private final ObjectProvider<Nights> nights;
    private final ObjectProvider<Triggers> triggers;
    private final Clock clock;

    JitterTriggerListener(Syncs syncs, ObjectProvider<Nights> nights, ObjectProvider<Triggers> triggers, Clock clock) {
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
        // the due and on-demand triggers have the sync's name in their own groups
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
            // the sweeper finds a due night in the ledger within a minute
            LOG.warn("the night of sync {} could not be delayed: {}", sync.name(), e.getMessage());
        }
        return true;
    }
}
