package io.celonamdm.schedule;

import io.celonamdm.ledger.database.TriggerStates;
import io.celonamdm.ledger.database.TriggerStates.Stuck;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Resets triggers of syncs that Quartz has lost, which may happen after database outages. */
@Component
public class StuckTriggers {
    private static final Logger LOG = LoggerFactory.getLogger(StuckTriggers.class);

    /** The longest time from recording a firing to its beginning. */
    private static final Duration ABOUT_TO_BEGIN = Duration.ofMinutes(1);

    private final TriggerStates states;
    private final Scheduler scheduler;
    private final Clock clock;

    StuckTriggers(TriggerStates states, Scheduler scheduler, Clock clock) {
        this.states = states;
        this.scheduler = scheduler;
        this.clock = clock;
    }

    /**
     * Resets lost triggers. A nightly one continues with its schedule; any other is removed, and set again by the code
     * that knows what is due.
     */
    public void reset() throws SchedulerException {
        Set<String> underWay = scheduler.getCurrentlyExecutingJobs().stream()
                .map(JobExecutionContext::getFireInstanceId)
                .collect(Collectors.toSet());
        int forgotten = states.forget(
                scheduler.getSchedulerInstanceId(), clock.instant().minus(ABOUT_TO_BEGIN), underWay);
        if (forgotten > 0) {
            LOG.warn("{} firings recorded by Quartz do not exist; they no longer keep a sync from firing", forgotten);
        }
        for (Stuck stuck : states.stuck()) {
            if (states.release(stuck)) {
                LOG.warn(
                        "the trigger {} of sync {} was stuck, {}; it is reset",
                        stuck.group(),
                        stuck.name(),
                        stuck.state());
                if (!stuck.group().equals(Triggers.GROUP)) {
                    scheduler.unscheduleJob(new TriggerKey(stuck.name(), stuck.group()));
                }
            }
        }
    }
}
