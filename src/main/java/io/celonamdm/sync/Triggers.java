package io.celonamdm.sync;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import org.quartz.JobKey;
import org.quartz.ObjectAlreadyExistsException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.springframework.stereotype.Component;

/**
 * The triggers of a sync's one Quartz job beside its nightly one: the due trigger, set to the earliest time at which
 * something is due, and the on-demand trigger, which fires now.
 */
@Component
public class Triggers {
    /** Group of the syncs' jobs and nightly triggers; the first part of the endpoint's address in the route. */
    static final String GROUP = "sync";

    private final Scheduler scheduler;
    private final Clock clock;

    Triggers(Scheduler scheduler, Clock clock) {
        this.scheduler = scheduler;
        this.clock = clock;
    }

    static JobKey job(String sync) {
        return new JobKey(sync, GROUP);
    }

    private static TriggerKey due(String sync) {
        return new TriggerKey(sync, "due");
    }

    /** Has the sync fire at the given time, unless its due trigger fires earlier anyway. */
    public void dueAt(String sync, Instant time) throws SchedulerException {
        Trigger set = scheduler.getTrigger(due(sync));
        Date next = set == null ? null : set.getNextFireTime();
        if (next != null && !next.toInstant().isAfter(time)) {
            return;
        }
        Instant now = clock.instant();
        // to Quartz a time that has passed is a misfire, which it may not notice for a minute
        put(at(due(sync), sync, time.isBefore(now) ? now : time));
    }

    /** Has the sync fire now. */
    public void now(String sync) throws SchedulerException {
        put(at(new TriggerKey(sync, "on-demand"), sync, clock.instant()));
    }

    /** Replaces the trigger: one that is firing at the moment still exists, and would take the new one with it. */
    private void put(Trigger trigger) throws SchedulerException {
        if (scheduler.rescheduleJob(trigger.getKey(), trigger) != null) {
            return;
        }
        try {
            scheduler.scheduleJob(trigger);
        } catch (ObjectAlreadyExistsException e) {
            // somebody else has just set it to as early a time
            scheduler.rescheduleJob(trigger.getKey(), trigger);
        }
    }

    private static Trigger at(TriggerKey key, String sync, Instant time) {
        return TriggerBuilder.newTrigger()
                .withIdentity(key)
                .forJob(job(sync))
                .startAt(Date.from(time))
                .build();
    }
}
