package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.firing.Sweeper;
import io.celonamdm.ledger.run.Origin;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Fault;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.SchedulerException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** The connector restarts stalled work by itself: stuck triggers, and a quarantine without work. */
@Tag(TestDatabase.POSTGRESQL)
@TestPropertySource(
        properties = {
            "connector.syncs.warehouse.mdm.push=command",
            "connector.syncs.warehouse.breaker.in-a-row=1000",
            "connector.syncs.warehouse.breaker.percent-from=1000"
        })
class StuckSyncsTest extends NightTest {
    private static final Simulation SIMULATION = Simulation.start(PhoneFleet.of(2, 51));

    @Autowired
    Sweeper sweeper;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        settings(registry, SIMULATION);
    }

    @AfterAll
    static void stop() {
        SIMULATION.close();
    }

    @BeforeEach
    void haveAQuietNightBefore() {
        SIMULATION.jamf().faults().clear();
        night();
        awaitTheEndOfFirings();
    }

    private void awaitTheEndOfFirings() {
        await().atMost(PATIENCE)
                .until(() -> jdbc.sql("select count(*) from qrtz_fired_triggers where job_group = 'sync'")
                                .query(Long.class)
                                .single()
                        == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ERROR", "BLOCKED", "ACQUIRED"})
    void aStuckTriggerIsResetAndTheNightIsMadeUp(String state) throws SchedulerException {
        long before = runs.latest(NAME).orElseThrow().id();
        triggers.dueAt(NAME, Instant.now().plusSeconds(3600));
        stuck(state);
        jdbc.sql("update sync set nightly_due_at = current_timestamp").update();

        sweeper.sweep();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(runs.latest(NAME).orElseThrow())
                        .satisfies(run -> assertThat(run.id()).isGreaterThan(before))
                        .satisfies(run -> assertThat(run.outcome()).isEqualTo(Run.Outcome.SUCCESS)));
        await().atMost(PATIENCE)
                .until(() -> jdbc.sql("select trigger_state from qrtz_triggers where trigger_group = 'sync'")
                        .query(String.class)
                        .single()
                        .equals("WAITING"));
    }

    @Test
    void aFiringThatIsNotedAndIsNoneKeepsNoSyncFromFiring() throws SchedulerException {
        long before = runs.latest(NAME).orElseThrow().id();
        String instance = jdbc.sql("select instance_name from qrtz_scheduler_state")
                .query(String.class)
                .single();
        jdbc.sql("""
                        insert into qrtz_fired_triggers (sched_name, entry_id, trigger_name, trigger_group, instance_name,
                            fired_time, sched_time, priority, state, job_name, job_group, is_nonconcurrent, requests_recovery)
                        select sched_name, 'lost', :sync, 'sync', :instance, 1, 1, 5, 'EXECUTING', :sync, 'sync', true, true
                        from qrtz_scheduler_state
                        """).param("sync", SYNC).param("instance", instance).update();
        stuck("BLOCKED");
        jdbc.sql("update sync set nightly_due_at = current_timestamp").update();

        sweeper.sweep();

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(runs.latest(NAME).orElseThrow().id()).isGreaterThan(before));
    }

    private void stuck(String state) {
        jdbc.sql("update qrtz_triggers set trigger_state = :state, next_fire_time = 1 where job_group = 'sync'")
                .param("state", state)
                .update();
    }

    private void quarantine(Duration until) {
        states.quarantine(
                NAME,
                null,
                ReasonCode.TOO_MANY_FAILURES,
                "a test",
                Instant.now().plus(until));
    }

    @Test
    void aQuarantineEndsByItsProbeAlthoughNothingIsDue() throws SchedulerException {
        quarantine(Duration.ofSeconds(2));
        sweeper.sweep();

        await().atMost(PATIENCE).until(() -> states.find(NAME).orElseThrow().quarantine() == null);
    }

    @Test
    void workThatIsDueInAWhileIsTheProbeAndAnnouncedAsSuch() throws SchedulerException {
        Instant due = Instant.now().plusSeconds(1800).truncatedTo(ChronoUnit.SECONDS);
        jdbc.sql("update device set place = 'WAITING', step = 'PUSH', due_at = :due")
                .param("due", Timestamp.from(due))
                .update();
        quarantine(Duration.ofSeconds(1));
        sweeper.sweep();

        await().atMost(PATIENCE).until(() -> quarantine().until().equals(due));
        jdbc.sql("update device set place = 'DONE', step = 'DONE', due_at = null")
                .update();
        states.release(NAME);
    }

    @Test
    void aProbeThatFailsIsFollowedByAnotherOneAtItsTime() throws SchedulerException {
        SIMULATION.jamf().faults().always("", "/api/", Fault.status(503));
        quarantine(Duration.ofSeconds(1));
        sweeper.sweep();

        await().atMost(PATIENCE).until(() -> quarantine().probes() == 1);
        assertThat(quarantine().reason()).contains("a probe failed", "503");
        assertThat(quarantine().until()).isAfter(Instant.now());
        List<String> next = jdbc.sql("select trigger_state from qrtz_triggers where trigger_group = 'due'")
                .query(String.class)
                .list();
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(next).as("the trigger of the next probe").hasSize(1));

        SIMULATION.jamf().faults().clear();
        jdbc.sql("update sync set quarantine_until = current_timestamp").update();
        sweeper.sweep();
        await().atMost(PATIENCE).until(() -> states.find(NAME).orElseThrow().quarantine() == null);
    }

    @Test
    void dueWorkThatGetsNoAnswerEndsNoQuarantine() throws SchedulerException {
        SIMULATION.jamf().faults().always("", "/mdm/commands", Fault.status(503));
        jdbc.sql("update device set place = 'WAITING', step = 'PUSH', due_at = current_timestamp")
                .update();
        states.quarantine(NAME, Origin.PUSH, ReasonCode.FORBIDDEN, "a test", Instant.now());
        sweeper.sweep();

        // a second attempt follows the end of the first one
        await().atMost(PATIENCE)
                .until(() -> jdbc.sql("select count(*) from device where code = 'VENDOR_ERROR' and attempts > 1")
                                .query(Long.class)
                                .single()
                        > 0);
        assertThat(quarantine().code()).isEqualTo(ReasonCode.FORBIDDEN);

        SIMULATION.jamf().faults().clear();
        await().atMost(PATIENCE).until(() -> states.find(NAME).orElseThrow().quarantine() == null);
    }
}
