package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.celonamdm.control.SyncControl;
import io.celonamdm.http.CallScope.Purpose;
import io.celonamdm.http.CallScopes;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Hold;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.quartz.SchedulerException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** A call that hangs until its timeout: due work of the same sync continues, and so do people's decisions. */
@TestPropertySource(
        properties = {
            "connector.syncs.warehouse.mdm.push=command",
            "connector.syncs.warehouse.mdm.max-concurrency=1",
            "connector.http.hosts.\"[127.0.0.1]\".response-timeout=5m"
        })
class NobodyStarvesTest extends NightTest {
    private static final String PAGE = "/mobile-devices/detail";
    private static final Duration SECONDS = Duration.ofSeconds(60);
    private static final PhoneFleet FLEET = PhoneFleet.of(0, 61);
    private static final Simulation SIMULATION = Simulation.start(FLEET);

    @Autowired
    SyncControl control;

    @Autowired
    CallScopes scopes;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        settings(registry, SIMULATION);
        SIMULATION.celona().stock(200);
    }

    @AfterAll
    static void stop() {
        SIMULATION.close();
    }

    @AfterEach
    void cleanUp() {
        SIMULATION.jamf().faults().clear();
        SIMULATION.celona().faults().clear();
        states.resume(NAME);
        await().atMost(PATIENCE)
                .until(() -> runs.open(NAME).isEmpty() && scopes.all().isEmpty());
    }

    private boolean isPulling() {
        return scopes.of(NAME, Purpose.PULL).findAny().isPresent();
    }

    @Test
    void dueWorkOfEarlierNightsDoesNotWaitForAPull() throws SchedulerException {
        Phone phone = FLEET.addQuick(1).get(0);
        phone.behaviour().online(false);
        await().atMost(PATIENCE).until(() -> runs.open(NAME).isEmpty());
        assertThat(trigger.run(syncs.get(SYNC), false)).isTrue();
        await().atMost(PATIENCE).until(() -> whereIs(phone).equals("WAITING PUSH NOT_PROVISIONED"));
        jdbc.sql("update device set due_at = timestamp with time zone '2100-01-01 00:00:00+00' where place = 'WAITING'")
                .update();
        await().atMost(PATIENCE).until(() -> runs.open(NAME).isEmpty());

        Hold hold = SIMULATION.jamf().faults().hold("GET", PAGE, Hold.Point.BEFORE_PROCESSING);
        assertThat(trigger.run(syncs.get(SYNC), false)).isTrue();
        long run = runs.open(NAME).orElseThrow().id();
        hold.awaitArrival(PATIENCE);
        phone.behaviour().online(true);
        jdbc.sql("update device set due_at = current_timestamp where place = 'WAITING'")
                .update();

        await().atMost(PATIENCE).until(() -> whereIs(phone).equals("DONE DONE"));
        assertThat(isPulling()).as("the pull still hangs").isTrue();
        assertThat(runs.find(run).orElseThrow().pull()).isEqualTo(Run.PullState.WANTED);

        List<Phone> found = FLEET.addQuick(2);
        hold.release();
        assertThat(awaitEnd(run).outcome()).isEqualTo(Run.Outcome.SUCCESS);
        assertThat(found).allSatisfy(each -> assertThat(whereIs(each)).isEqualTo("DONE DONE"));
    }

    @Test
    void aRunThatIsCancelledBreaksOffAPullThatHangs() {
        FLEET.addQuick(1);
        Hold hold = SIMULATION.jamf().faults().hold("GET", PAGE, Hold.Point.BEFORE_PROCESSING);
        assertThat(trigger.run(syncs.get(SYNC), false)).isTrue();
        Run run = runs.open(NAME).orElseThrow();
        hold.awaitArrival(PATIENCE);

        control.cancel(run.id(), "a test");
        await().atMost(SECONDS).until(() -> scopes.all().isEmpty());

        assertThat(runs.find(run.id()).orElseThrow().outcome()).isEqualTo(Run.Outcome.CANCELLED);
        SIMULATION.jamf().faults().clear();
        assertThat(night().outcome()).isEqualTo(Run.Outcome.SUCCESS);
    }

    @Test
    void aCallThatWritesIsNeverTornOffByAPerson() {
        FLEET.addQuick(2);
        Hold hold = SIMULATION.celona().faults().hold("POST", "/assign-eid", Hold.Point.AFTER_PROCESSING);
        assertThat(trigger.run(syncs.get(SYNC), false)).isTrue();
        Run run = runs.open(NAME).orElseThrow();
        hold.awaitArrival(PATIENCE);

        control.cancel(run.id(), "a test");
        assertThat(scopes.of(NAME, Purpose.WORK)).hasSize(1);
        hold.release();
        await().atMost(PATIENCE).until(() -> scopes.all().isEmpty());

        assertThat(jdbc.sql("select count(*) from journal where state = 'IN_DOUBT'")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(SIMULATION.celona().truth().eidsAssignedTwice()).isEmpty();
    }
}
