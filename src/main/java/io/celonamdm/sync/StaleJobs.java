package io.celonamdm.sync;

import java.util.TimeZone;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.quartz.CronTrigger;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Removes stored jobs that no longer fit the settings before the routes create theirs: Camel would compare nothing but
 * the cron text, so a removed sync would go on firing and a changed time zone would never take effect.
 */
@Component
class StaleJobs implements CamelContextConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(StaleJobs.class);

    private final Scheduler scheduler;
    private final Syncs syncs;
    private final Nights nights;

    StaleJobs(Scheduler scheduler, Syncs syncs, Nights nights) {
        this.scheduler = scheduler;
        this.syncs = syncs;
        this.nights = nights;
    }

    @Override
    public void beforeApplicationStart(CamelContext camel) {
        syncs.all().forEach(nights::register);
        try {
            for (JobKey job : scheduler.getJobKeys(GroupMatcher.jobGroupEquals(Triggers.GROUP))) {
                if (isStale(job)) {
                    LOG.info(
                            "the schedule of sync {} has changed or is gone; its stored job is removed", job.getName());
                    scheduler.deleteJob(job);
                }
            }
        } catch (SchedulerException e) {
            throw new IllegalStateException("the job store cannot be read", e);
        }
    }

    private boolean isStale(JobKey job) throws SchedulerException {
        Sync sync = syncs.find(job.getName()).orElse(null);
        Trigger nightly = scheduler.getTrigger(new TriggerKey(job.getName(), job.getGroup()));
        if (sync == null || !(nightly instanceof CronTrigger cron)) {
            return true;
        }
        return !cron.getCronExpression().equals(sync.settings().schedule())
                || !cron.getTimeZone()
                        .equals(TimeZone.getTimeZone(sync.settings().timeZone()));
    }

    @Override
    public void afterApplicationStart(CamelContext camel) {
        // nothing is left to do once the routes are up
    }
}
