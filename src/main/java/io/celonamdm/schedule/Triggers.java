package io.celonamdm.schedule;

import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.BalancingDelegate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Locale;
import java.util.TimeZone;
import org.quartz.CronScheduleBuilder;
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
 * something is due, the on-demand trigger, which fires now, and that of a firing which a replica had to put back.
 */
@Component
public class Triggers {
    /** Group of the syncs' jobs and nightly triggers; the first part of the endpoint's address in the route. */
    static final String GROUP = "sync";

    private static final TimeZone UTC = TimeZone.getTimeZone(ZoneOffset.UTC);
    private static final DateTimeFormatter ONCE =
            DateTimeFormatter.ofPattern("s m H d M ? uuuu", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Scheduler scheduler;
    private final Clock clock;

    Triggers(Scheduler scheduler, Clock clock) {
        this.scheduler = scheduler;
        this.clock = clock;
    }

    static JobKey job(SyncName sync) {
        return new JobKey(sync.value(), GROUP);
    }

    private static TriggerKey due(SyncName sync) {
        return new TriggerKey(sync.value(), "due");
    }

    /** Fires the sync within a second of the given time, unless its due trigger fires earlier anyway. */
    public void dueAt(SyncName sync, Instant time) throws SchedulerException {
        atLatest(due(sync), sync, time);
    }

    /** Fires the sync within a second of the given time on any replica, however many firings it has. */
    void putBack(SyncName sync, Instant time) throws SchedulerException {
        atLatest(new TriggerKey(sync.value(), BalancingDelegate.PUT_BACK), sync, time);
    }

    private void atLatest(TriggerKey key, SyncName sync, Instant time) throws SchedulerException {
        Instant second = time.plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS);
        Trigger set = scheduler.getTrigger(key);
        Date next = set == null ? null : set.getNextFireTime();
        if (next != null && !next.toInstant().isAfter(second)) {
            return;
        }
        // Quartz treats a past time as a misfire, which it may not notice for a minute
        put(
                clock.instant().isBefore(second)
                        ? at(key, sync, second)
                        : trigger(key, sync).build());
    }

    /** Fires the sync now. */
    public void now(SyncName sync) throws SchedulerException {
        put(trigger(new TriggerKey(sync.value(), "on-demand"), sync).build());
    }

    /** Replaces the trigger: one that is firing at the moment still exists, and would take the new one with it. */
    private void put(Trigger trigger) throws SchedulerException {
        if (scheduler.rescheduleJob(trigger.getKey(), trigger) != null) {
            return;
        }
        try {
            scheduler.scheduleJob(trigger);
        } catch (ObjectAlreadyExistsException e) {
            // another thread has just set it to the same or an earlier time
            scheduler.rescheduleJob(trigger.getKey(), trigger);
        }
    }

    /**
     * A trigger that fires once, at a full second. It starts before it fires: Quartz fires up to two milliseconds early,
     * and Camel leaves out a firing that comes before the start of its trigger.
     */
    private Trigger at(TriggerKey key, SyncName sync, Instant second) {
        return trigger(key, sync)
                .withSchedule(
                        CronScheduleBuilder.cronSchedule(ONCE.format(second)).inTimeZone(UTC))
                .build();
    }

    /** A trigger that fires once, now, unless it gets a schedule. */
    private TriggerBuilder<Trigger> trigger(TriggerKey key, SyncName sync) {
        return TriggerBuilder.newTrigger().withIdentity(key).forJob(job(sync)).startAt(Date.from(clock.instant()));
    }
}
