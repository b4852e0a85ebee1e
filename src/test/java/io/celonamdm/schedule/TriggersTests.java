package io.celonamdm.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.esim.SyncName;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;

class TriggersTests {
    private static final String SYNC = "warehouse";
    private static final SyncName NAME = new SyncName(SYNC);
    private static final Instant NOW = Instant.parse("2026-11-24T03:00:00.400Z");

    private Scheduler scheduler;
    private Triggers triggers;

    @BeforeEach
    void aJob() throws SchedulerException {
        scheduler = new StdSchedulerFactory().getScheduler();
        scheduler.addJob(
                JobBuilder.newJob(Job.class)
                        .withIdentity(Triggers.job(NAME))
                        .storeDurably()
                        .build(),
                true);
        triggers = new Triggers(scheduler, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void stop() throws SchedulerException {
        scheduler.shutdown();
    }

    private Trigger due() throws SchedulerException {
        return scheduler.getTrigger(new TriggerKey(SYNC, "due"));
    }

    private Instant fires() throws SchedulerException {
        return due().getNextFireTime().toInstant();
    }

    /** Quartz fires up to two milliseconds early, and Camel leaves out what comes before the start. */
    @Test
    void startsBeforeItFires() throws SchedulerException {
        triggers.dueAt(NAME, NOW.plusMillis(601));

        assertThat(fires()).isEqualTo("2026-11-24T03:00:02Z");
        assertThat(due().getStartTime().toInstant()).isBefore(NOW.plusMillis(1));
        assertThat(due().getFireTimeAfter(due().getNextFireTime())).isNull();
    }

    @Test
    void firesAtOnceForWhatIsOverdue() throws SchedulerException {
        triggers.dueAt(NAME, NOW.minusSeconds(90));

        assertThat(fires()).isEqualTo(NOW);
    }

    @Test
    void theEarlierTimeStays() throws SchedulerException {
        triggers.dueAt(NAME, NOW.plusSeconds(20));
        triggers.dueAt(NAME, NOW.plusSeconds(10));
        triggers.dueAt(NAME, NOW.plusSeconds(30));

        assertThat(fires()).isEqualTo("2026-11-24T03:00:11Z");
    }
}
