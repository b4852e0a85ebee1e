package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.celona.CelonaFaults;
import io.celonamdm.simulator.celona.CelonaSimulator;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quartz.SchedulerException;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/**
 * Nights in which a vendor fails; each adds its own phones to a fleet that is done. {@link FaultMatrixTest} has the
 * outcome of each fault at each call for one device.
 */
@TestPropertySource(
        properties = {"connector.syncs.warehouse.mdm.push=command", "connector.syncs.warehouse.guards.min-inventory=0"})
class FaultsTest extends NightTest {
    private static final PhoneFleet FLEET = PhoneFleet.of(3, 7).downloadDelay(Duration.ofMillis(20));
    private static final Simulation SIMULATION = Simulation.start(FLEET);
    private static final String ASSIGN = "/assign-eid";
    private static final String STATUS = "/eid-status";
    private static final String ACTIVATION = "/activation-from-file";

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        settings(registry, SIMULATION);
        registry.add("connector.syncs.warehouse.celona.poll.deadline", () -> "4s");
        celona().stock(100);
    }

    @AfterAll
    static void stop() {
        SIMULATION.close();
    }

    private static CelonaSimulator celona() {
        return SIMULATION.celona();
    }

    @BeforeEach
    void haveAQuietNightBefore() {
        celona().faults().clear();
        SIMULATION.jamf().faults().clear();
        states.release(NAME);
        jdbc.sql("update device set due_at = current_timestamp where place = 'WAITING'")
                .update();
        // no night is a good one while anything is in doubt
        jdbc.sql("update device set place = 'HELD', code = 'HELD_BY_OPERATOR' where place = 'IN_DOUBT'")
                .update();
        runs.open(NAME).ifPresent(run -> runs.close(run.id(), Run.Outcome.FAILED, null, null, "a test before"));
        night();
        celona().log().clear();
        SIMULATION.jamf().log().clear();
    }

    private static List<Phone> newPhones(int count) {
        return FLEET.addQuick(count);
    }

    private void assertAll(List<Phone> phones, String place) {
        assertThat(phones).allSatisfy(phone -> assertThat(whereIs(phone)).isEqualTo(place));
    }

    @Test
    void noFurtherAssignmentFollowsOneInDoubtInItsRun() {
        List<Phone> phones = newPhones(450);
        celona().stock(450);
        celona().faults().once("POST", ASSIGN, Fault.status(502));

        night();
        assertThat(celona().log().count("POST", ASSIGN)).isEqualTo(1);
        assertThat(phones.stream().map(this::whereIs).filter("WAITING ASSIGN"::equals))
                .hasSize(250);

        night();
        assertThat(phones.stream().map(this::whereIs).filter("DONE DONE"::equals))
                .hasSize(250);
        assertThat(celona().truth().eidsAssignedTwice()).isEmpty();
    }

    @Test
    void aSingleDeviceThatIsRefusedIsADeadLetter() {
        Phone phone = newPhones(1).get(0);
        celona().faults().once("POST", ASSIGN, CelonaFaults.unsuccessful(422, "EID is blocked"));

        night();

        assertThat(whereIs(phone)).isEqualTo("DEAD ASSIGN ASSIGN_REFUSED");
        assertThat(Objects.requireNonNull(deadLetter(phone)).reason()).contains("EID is blocked");
    }

    @Test
    void anEmptyPoolIsAWaitAndNotAFailure() {
        List<Phone> phones = newPhones(2);
        celona().emptyPool();

        night();
        assertAll(phones, "WAITING ASSIGN POOL_EXHAUSTED");

        celona().stock(100);
        await().atMost(PATIENCE).untilAsserted(() -> assertAll(phones, "DONE DONE"));
        assertThat(celona().truth().eidsAssignedTwice()).isEmpty();
    }

    @Test
    void anSmdpHostThatIsNotAllowedIsNeverPushed() throws SchedulerException {
        List<Phone> phones = newPhones(2);
        celona().settings().serverUrl("https://sm-dp.attacker.example");

        assertThat(trigger.run(syncs.get(SYNC), false)).isTrue();
        await().atMost(PATIENCE).until(() -> states.find(NAME).orElseThrow().quarantine() != null);
        celona().settings().serverUrl("https://sm-v4-072-d-gtm.pr.go-esim.com");

        assertThat(quarantine().code()).isEqualTo(ReasonCode.SMDP_NOT_ALLOWED);
        assertThat(quarantine().reason()).contains("sm-dp.attacker.example");
        assertThat(phones).allSatisfy(phone -> assertThat(whereIs(phone)).startsWith("WAITING PUSH"));
        assertThat(SIMULATION.jamf().log().count("POST", "/mdm/commands")).isZero();
        jdbc.sql("update device set smdp_host = 'sm-v4-072-d-gtm.pr.go-esim.com' where smdp_host like '%attacker%'")
                .update();
        probeNow();
        await().atMost(PATIENCE).untilAsserted(() -> assertAll(phones, "DONE DONE"));
    }

    @Test
    void aStatusThatNeverBecomesFinalEndsAtTheDeadline() {
        Phone phone = newPhones(1).get(0);
        celona().mishaps().assignDelay(phone.eid(), Duration.ofMinutes(10));

        night();

        assertThat(whereIs(phone)).isEqualTo("DEAD AWAIT POLL_TIMEOUT");
        assertThat(celona().log().count("GET", STATUS)).as("growing intervals").isBetween(3, 15);
    }

    @Test
    void aRequestThatCelonaForgotIsInDoubt() {
        Phone phone = newPhones(1).get(0);
        celona().faults().once("GET", STATUS, CelonaFaults.refused(404, "unknown request_id"));

        night();

        assertThat(whereIs(phone)).isEqualTo("IN_DOUBT AWAIT REQUEST_UNKNOWN");
        assertThat(celona().log().count("POST", ASSIGN)).isEqualTo(1);
    }

    @Test
    void anActivationThatIsAWebPageStopsTheSync() {
        List<Phone> phones = newPhones(2);
        celona().faults().always("POST", ACTIVATION, Fault.html());

        assertThat(trigger.run(syncs.get(SYNC), false)).isTrue();
        await().atMost(PATIENCE).until(() -> states.find(NAME).orElseThrow().quarantine() != null);

        assertThat(quarantine().code()).isEqualTo(ReasonCode.ACTIVATION_API_GONE);
        assertThat(phones).allSatisfy(phone -> assertThat(whereIs(phone)).startsWith("WAITING ACTIVATE"));
    }

    @Test
    void aPushWithoutAnAnswerIsLookedUpBeforeItIsRepeated() {
        Phone phone = newPhones(1).get(0);
        phone.behaviour().downloadDelay(Duration.ofSeconds(2));
        SIMULATION.jamf().faults().once("POST", "/mdm/commands", Fault.hangUpAfterProcessing());

        assertThat(night().outcome()).isEqualTo(Run.Outcome.SUCCESS);

        assertThat(whereIs(phone)).isEqualTo("DONE DONE");
        assertThat(SIMULATION.jamf().log().count("GET", "/mdm/commands")).isGreaterThanOrEqualTo(2);
    }

    @Test
    void aHiccupInThePullIsNoReasonToStartOver() {
        Phone phone = newPhones(1).get(0);
        SIMULATION.jamf().faults().times(2, "GET", "/mobile-devices/detail", Fault.status(503));

        assertThat(night().outcome()).isEqualTo(Run.Outcome.SUCCESS);

        assertThat(whereIs(phone)).isEqualTo("DONE DONE");
    }

    @Test
    void nothingIsPlannedFromAPullThatDidNotFinish() throws SchedulerException {
        Phone phone = newPhones(1).get(0);
        SIMULATION.jamf().faults().always("GET", "/mobile-devices/detail", Fault.html());

        assertThat(trigger.run(syncs.get(SYNC), false)).isTrue();
        await().atMost(PATIENCE).until(() -> runs.open(NAME).orElseThrow().pullAttempts() == 1);
        Run run = runs.open(NAME).orElseThrow();
        assertThat(run.pull()).isEqualTo(Run.PullState.WANTED);
        assertThat(run.code()).isEqualTo("UNREADABLE_ANSWER");
        assertThat(whereIs(phone)).isEqualTo("nowhere");

        SIMULATION.jamf().faults().clear();
        probeNow();
        assertThat(awaitEnd(run.id()).outcome()).isEqualTo(Run.Outcome.SUCCESS);
        assertThat(whereIs(phone)).isEqualTo("DONE DONE");
    }

    @Test
    void aPullThatIsRefusedFailsTheRun() {
        SIMULATION.jamf().faults().once("GET", "/mobile-devices/detail", Fault.status(400));

        Run run = night();

        assertThat(run.outcome()).isEqualTo(Run.Outcome.FAILED);
        assertThat(run.reason()).contains("400");
    }

    @Test
    void anEmptyFleetIsANightWithoutWork() {
        List<Phone> all = List.copyOf(FLEET.phones());
        Phone unfinished = newPhones(1).get(0);
        unfinished.behaviour().online(false);
        night();
        all.forEach(FLEET::remove);
        FLEET.remove(unfinished);

        Run run = night();

        assertThat(run.outcome()).isEqualTo(Run.Outcome.SUCCESS);
        assertThat(run.inventory()).isZero();
        assertThat(whereIs(unfinished)).as("one pull may have missed it").startsWith("WAITING");
        night();
        assertThat(whereIs(unfinished)).isEqualTo("HELD PUSH GONE");
        assertThat(whereIs(all.get(0))).isEqualTo("DONE DONE");
        all.forEach(FLEET::add);
        FLEET.add(unfinished);
        unfinished.behaviour().online(true);
        night();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(whereIs(unfinished)).isEqualTo("DONE DONE"));
    }

    @Test
    void aFreshTokenThatIsRefusedIsTriedOnceMoreBeforeTheCredentialsAreBad() throws SchedulerException {
        SIMULATION.jamf().faults().times(2, "GET", "/mobile-devices/detail", Fault.status(401));

        assertThat(trigger.run(syncs.get(SYNC), false)).isTrue();
        long run = runs.open(NAME).orElseThrow().id();
        await().atMost(PATIENCE).until(() -> runs.find(run).orElseThrow().pullAttempts() == 1);
        assertThat(runs.find(run).orElseThrow().code()).isEqualTo(ReasonCode.TOKEN_REFUSED.name());
        assertThat(states.find(NAME).orElseThrow().quarantine()).isNull();

        probeNow();
        assertThat(awaitEnd(run).outcome()).isEqualTo(Run.Outcome.SUCCESS);
    }

    @Test
    void aPullThatIsNotAcceptedStopsTheSyncUntilAProbeIs() throws SchedulerException {
        Phone phone = newPhones(1).get(0);
        SIMULATION.jamf().faults().always("GET", "/mobile-devices/detail", Fault.status(401));

        assertThat(trigger.run(syncs.get(SYNC), false)).isTrue();
        // a fresh token may be unknown to a node for half a minute, and a pull is retried after a whole one
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(4)).until(() -> {
            probeNow();
            return states.find(NAME).orElseThrow().quarantine() != null;
        });
        assertThat(quarantine().code()).isEqualTo(ReasonCode.BAD_CREDENTIALS);
        long run = runs.open(NAME).orElseThrow().id();

        SIMULATION.jamf().faults().clear();
        probeNow();
        assertThat(awaitEnd(run).outcome()).isEqualTo(Run.Outcome.SUCCESS);
        assertThat(states.find(NAME).orElseThrow().quarantine()).isNull();
        assertThat(whereIs(phone)).isEqualTo("DONE DONE");
    }

    @Test
    void aPushThatIsNotAcceptedStopsTheSyncAndBlamesNobody() {
        Phone phone = newPhones(1).get(0);
        SIMULATION.jamf().faults().always("GET", "/mdm/commands", Fault.status(401));

        assertThat(trigger.run(syncs.get(SYNC), false)).isTrue();
        await().atMost(PATIENCE).until(() -> states.find(NAME).orElseThrow().quarantine() != null);

        assertThat(quarantine().code()).isEqualTo(ReasonCode.BAD_CREDENTIALS);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(whereIs(phone)).isEqualTo("WAITING PUSH BAD_CREDENTIALS"));
    }
}
