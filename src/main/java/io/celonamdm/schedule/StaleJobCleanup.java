package io.celonamdm.schedule;

import io.celonamdm.ledger.run.SyncStates;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.matchers.GroupMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Removes stored jobs that no longer match the settings before the routes create theirs. Camel compares only the cron
 * text, so a removed sync would keep firing and a changed time zone would never take effect.
 */
@Component
class StaleJobCleanup implements CamelContextConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(StaleJobCleanup.class);

    /**
     * How long no replica must have had a sync before its job is removed; longer than a rolling update runs with both
     * settings.
     */
    private static final Duration FORGOTTEN = Duration.ofMinutes(5);

    private final Scheduler scheduler;
    private final NightlyTriggers nightly;
    private final Syncs syncs;
    private final Nights nights;
    private final SyncStates states;
    private final ClockWatch watch;
    private final Clock clock;

    StaleJobCleanup(
            Scheduler scheduler,
            NightlyTriggers nightly,
            Syncs syncs,
            Nights nights,
            SyncStates states,
            ClockWatch watch,
            Clock clock) {
        this.scheduler = scheduler;
        this.nightly = nightly;
        this.syncs = syncs;
        this.nights = nights;
        this.states = states;
        this.watch = watch;
        this.clock = clock;
    }

    @Override
    public void beforeApplicationStart(CamelContext camel) {
        try {
            removeForgotten();
            for (Sync sync : syncs.all()) {
                JobKey job = Triggers.job(sync.name());
                if (scheduler.checkExists(job) && !nightly.fits(sync)) {
                    LOG.info("the schedule of sync {} has changed; its stored job is removed", sync.name());
                    scheduler.deleteJob(job);
                }
            }
        } catch (SchedulerException e) {
            throw new IllegalStateException("the job store cannot be read", e);
        }
    }

    /**
     * Removes the jobs of syncs that no replica has any longer. Once a minute every replica records its syncs, and
     * corrects their nights to their schedules.
     */
    @Scheduled(fixedDelay = 1, initialDelay = 1, timeUnit = TimeUnit.MINUTES)
    void removeForgotten() throws SchedulerException {
        syncs.all().forEach(nights::register);
        watch.look();
        Set<String> configured = states.configuredSince(clock.instant().minus(FORGOTTEN));
        for (JobKey job : scheduler.getJobKeys(GroupMatcher.jobGroupEquals(Triggers.GROUP))) {
            if (!configured.contains(job.getName())) {
                LOG.info("no settings have sync {} any longer; its stored job is removed", job.getName());
                scheduler.deleteJob(job);
            }
        }
    }

    @Override
    public void afterApplicationStart(CamelContext camel) {
        // there is nothing left to do once the routes are up
    }
}
