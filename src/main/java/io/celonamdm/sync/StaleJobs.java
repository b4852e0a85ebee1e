package io.celonamdm.sync;

import io.celonamdm.ledger.SyncStates;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
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
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Removes stored jobs that no longer fit the settings before the routes create theirs: Camel would compare nothing but
 * the cron text, so a removed sync would go on firing and a changed time zone would never take effect.
 */
@Component
class StaleJobs implements CamelContextConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(StaleJobs.class);

    /** How long no replica has had a sync before it is given up; longer than a rolling update has both settings. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(5);

    private final Scheduler scheduler;
    private final Syncs syncs;
    private final Nights nights;
    private final SyncStates states;
    private final Clock clock;

    StaleJobs(Scheduler scheduler, Syncs syncs, Nights nights, SyncStates states, Clock clock) {
        this.scheduler = scheduler;
        this.syncs = syncs;
        this.nights = nights;
        this.states = states;
        this.clock = clock;
    }

    @Override
    public void beforeApplicationStart(CamelContext camel) {
        syncs.all().forEach(nights::register);
        try {
            removeForgotten();
            for (Sync sync : syncs.all()) {
                JobKey job = Triggers.job(sync.name());
                if (scheduler.checkExists(job) && isStale(sync, job)) {
                    LOG.info("the schedule of sync {} has changed; its stored job is removed", sync.name());
                    scheduler.deleteJob(job);
                }
            }
        } catch (SchedulerException e) {
            throw new IllegalStateException("the job store cannot be read", e);
        }
    }

    /** Removes the jobs of syncs that no replica has any more; every replica says once a minute which ones it has. */
    @Scheduled(fixedDelay = 1, initialDelay = 1, timeUnit = TimeUnit.MINUTES)
    void removeForgotten() throws SchedulerException {
        syncs.all().forEach(sync -> states.configured(sync.name()));
        Instant since = clock.instant().minus(FORGOTTEN);
        for (JobKey job : scheduler.getJobKeys(GroupMatcher.jobGroupEquals(Triggers.GROUP))) {
            if (!states.isConfigured(job.getName(), since)) {
                LOG.info("sync {} is in no settings any more; its stored job is removed", job.getName());
                scheduler.deleteJob(job);
            }
        }
    }

    private boolean isStale(Sync sync, JobKey job) throws SchedulerException {
        Trigger nightly = scheduler.getTrigger(new TriggerKey(job.getName(), job.getGroup()));
        if (!(nightly instanceof CronTrigger cron)) {
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
