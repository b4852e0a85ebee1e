package io.celonamdm.schedule;

import io.celonamdm.sync.Sync;
import java.util.TimeZone;
import org.quartz.CronScheduleBuilder;
import org.quartz.CronTrigger;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.springframework.stereotype.Component;

/** The nightly triggers of the syncs' stored jobs. Their routes create them; Camel compares only the cron text. */
@Component
class NightlyTriggers {
    private final Scheduler scheduler;

    NightlyTriggers(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Whether the sync's stored trigger matches its schedule and time zone. */
    boolean fits(Sync sync) throws SchedulerException {
        return scheduler.getTrigger(key(sync)) instanceof CronTrigger cron
                && cron.getCronExpression().equals(sync.settings().schedule())
                && cron.getTimeZone().equals(zone(sync));
    }

    /** Updates the stored trigger to the sync's schedule, if its job is stored. Returns whether it changed. */
    boolean adjust(Sync sync) throws SchedulerException {
        if (!scheduler.checkExists(Triggers.job(sync.name())) || fits(sync)) {
            return false;
        }
        // a firing in progress continues: it depends on the job, which stays
        Trigger trigger = TriggerBuilder.newTrigger()
                .withIdentity(key(sync))
                .forJob(Triggers.job(sync.name()))
                .withSchedule(CronScheduleBuilder.cronSchedule(sync.settings().schedule())
                        .inTimeZone(zone(sync))
                        .withMisfireHandlingInstructionFireAndProceed())
                .build();
        if (scheduler.rescheduleJob(key(sync), trigger) == null) {
            scheduler.scheduleJob(trigger);
        }
        return true;
    }

    private static TriggerKey key(Sync sync) {
        return new TriggerKey(sync.name().value(), Triggers.GROUP);
    }

    private static TimeZone zone(Sync sync) {
        return TimeZone.getTimeZone(sync.settings().timeZone());
    }
}
