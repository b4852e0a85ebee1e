package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.celonamdm.celona.Reading;
import io.celonamdm.control.DeadLetterControl;
import io.celonamdm.control.DeviceAction;
import io.celonamdm.control.DeviceControl;
import io.celonamdm.control.RequestRejected;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Place;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.device.DeviceState;
import io.celonamdm.ledger.report.DeviceStates;
import io.celonamdm.ledger.run.Readings;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.operations.needs.Need;
import io.celonamdm.operations.needs.Needs;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.celona.ProvisionedWhen;
import io.celonamdm.simulator.phone.Eids;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.quartz.SchedulerException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Nights with typical behaviour of phones after activation, in both readings of "Provisioned". */
@TestPropertySource(
        properties = {"connector.syncs.warehouse.mdm.push=command", "connector.syncs.warehouse.default-group="})
class ConfirmTest extends NightTest {
    private static final Random RANDOM = new Random(21);
    private static final PhoneFleet FLEET = new PhoneFleet(21);
    private static final Simulation SIMULATION = Simulation.start(FLEET);

    @Autowired
    DeviceStates deviceStates;

    @Autowired
    DeviceControl control;

    @Autowired
    DeadLetterControl deadLetterControl;

    @Autowired
    Readings readings;

    @Autowired
    Needs needs;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        settings(registry, SIMULATION);
        registry.add("connector.syncs.warehouse.celona.provision.patience", () -> "3s");
        SIMULATION.celona().stock(100);
    }

    @AfterAll
    static void stop() {
        SIMULATION.close();
    }

    @AfterEach
    void whoIsDoneHasItsEsim() {
        assertThat(FLEET.phones())
                .filteredOn(phone -> whereIs(phone).startsWith("DONE"))
                .allSatisfy(phone ->
                        assertThat(phone.celonaIccids()).as(phone.name()).hasSize(1));
        assertThat(SIMULATION.celona().truth().eidsAssignedTwice()).isEmpty();
        assertThat(jdbc.sql(
                                "select count(*) from journal_device x join journal j on j.id = x.journal_id"
                                        + " where j.op_code <> 'DG_ASSIGN' and x.activated group by x.device_id having count(*) > 1")
                        .query(Long.class)
                        .list())
                .as("eSIMs that were activated twice")
                .isEmpty();
        for (Phone phone : FLEET.phones()) {
            phone.managed(false);
        }
    }

    private Phone phone(String name) {
        Phone phone = FLEET.add(new Phone(Eids.next(RANDOM), "SN-" + name, name));
        phone.behaviour().downloadDelay(Duration.ofMillis(20));
        return phone;
    }

    /** Begins to read the word in one way, with nothing known of it. */
    private void reading(ProvisionedWhen when) {
        SIMULATION.celona().settings().provisionedWhen(when);
        jdbc.sql("delete from reading").update();
    }

    private void awaitPlace(Phone phone, String place) {
        await(phone.name())
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(whereIs(phone)).startsWith(place));
    }

    private DeviceState state(Phone phone) {
        return deviceStates.find(NAME, new Eid(phone.eid())).orElseThrow();
    }

    private void dueNow() throws SchedulerException {
        jdbc.sql("update device set due_at = current_timestamp where place = 'WAITING'")
                .update();
        triggers.now(NAME);
    }

    private Set<ReasonCode> codes(Phone phone) {
        ReasonCode code = state(phone).code();
        return code == null ? Set.of() : Set.of(code);
    }

    @ParameterizedTest
    @EnumSource(ProvisionedWhen.class)
    void aPhoneThatIsOffIsDoneOnceItHasAnsweredAndTeachesWhatIsMeant(ProvisionedWhen when) throws SchedulerException {
        reading(when);
        Phone off = phone("Off in " + when);
        off.behaviour().online(false);
        Phone on = phone("On in " + when);

        Run run = night();

        assertThat(run.outcome()).isEqualTo(Run.Outcome.SUCCESS);
        awaitPlace(on, "DONE");
        boolean activeAtOnce = when == ProvisionedWhen.ASSIGNED;
        awaitPlace(off, activeAtOnce ? "WAITING CONFIRM UNCONFIRMED" : "WAITING PUSH NOT_PROVISIONED");

        off.behaviour().online(true);
        dueNow();
        awaitPlace(off, "DONE");
        assertThat(codes(off)).isEmpty();
        assertThat(SIMULATION.jamf().commands(off)).hasSize(1);
        assertThat(readings.of(NAME)).contains(activeAtOnce ? Reading.ASSIGNED : Reading.DOWNLOADED);
    }

    @Test
    void aCommandThatFailsAfterTheActivationIsADeadLetterAndARedriveActivatesNothingAgain() {
        reading(ProvisionedWhen.ASSIGNED);
        Phone phone = phone("Old hardware");
        phone.behaviour().unsupported(true);

        night();
        awaitPlace(phone, "DEAD CONFIRM HARDWARE_UNSUPPORTED");
        phone.behaviour().unsupported(false);
        assertThat(deadLetterControl.redrive(
                        syncs.get(SYNC), ReasonCode.HARDWARE_UNSUPPORTED, null, "its modem was changed"))
                .isEqualTo(1);

        awaitPlace(phone, "DONE");
        assertThat(SIMULATION.jamf().commands(phone)).hasSize(2);
    }

    @Test
    void aCommandThatFailsInPassingIsSentAgain() {
        reading(ProvisionedWhen.ASSIGNED);
        Phone phone = phone("Busy");
        phone.behaviour().busy(1);

        night();

        awaitPlace(phone, "DONE");
        assertThat(SIMULATION.jamf().commands(phone)).hasSize(2);
        assertThat(codes(phone)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ProvisionedWhen.class)
    void whatIsActiveAlreadyGetsItsGroupAlone(ProvisionedWhen when) {
        reading(when);
        Phone phone = phone("By hand in " + when);
        phone.behaviour().online(false);
        SIMULATION.celona().settings().provisionedWhen(ProvisionedWhen.DOWNLOADED);
        night();
        awaitPlace(phone, "WAITING PUSH NOT_PROVISIONED");
        SIMULATION.celona().settings().provisionedWhen(when);

        // somebody reads the QR code with it and activates it by hand, and its command is lost
        String iccid = String.valueOf(state(phone).iccid());
        SIMULATION.jamf().forgetFinishedCommands();
        phone.behaviour().online(true);
        await().pollInterval(Duration.ofMillis(10))
                .atMost(PATIENCE)
                .until(() -> !phone.celonaIccids().isEmpty());
        SIMULATION.celona().activate(iccid);
        night();

        awaitPlace(phone, "DONE");
        assertThat(codes(phone)).containsExactly(ReasonCode.ALREADY_ACTIVE);
        assertThat(SIMULATION.celona().truth().esim(iccid).orElseThrow().group())
                .isNotEmpty();
    }

    @Test
    void aPhoneThatIsNeverSeenIsADeadLetterUntilTheInventoryShowsItsEsim() throws SchedulerException {
        reading(ProvisionedWhen.ASSIGNED);
        Phone phone = phone("In a drawer");
        phone.behaviour().online(false);
        night();
        awaitPlace(phone, "WAITING CONFIRM UNCONFIRMED");
        jdbc.sql("update device set deadline_at = current_timestamp where eid = :eid")
                .param("eid", phone.eid())
                .update();
        dueNow();
        awaitPlace(phone, "DEAD CONFIRM NEVER_SEEN");
        assertThat(needs.of(syncs.get(SYNC))).extracting(Need::code).contains(ReasonCode.NEVER_SEEN.name());

        phone.behaviour().online(true);
        await().atMost(PATIENCE).until(() -> !phone.celonaIccids().isEmpty());
        night();

        awaitPlace(phone, "DONE");
        assertThat(deadLetter(phone)).as("an open dead letter").isNull();
    }

    private boolean isConfirmed(Phone phone) {
        try {
            control.take(DeviceAction.CONFIRM, syncs.get(SYNC), phone.eid(), "Ann has it in her hand", null);
            return true;
        } catch (RequestRejected e) {
            return false;
        }
    }

    @Test
    void aPersonsWordIsEnough() {
        reading(ProvisionedWhen.ASSIGNED);
        Phone waiting = phone("Seen by Ann");
        waiting.behaviour().online(false);
        Phone listed = phone("Seen by Bob");
        listed.behaviour().online(false);
        night();
        awaitPlace(waiting, "WAITING CONFIRM");
        awaitPlace(listed, "WAITING CONFIRM");

        // they got their eSIMs by their QR codes
        waiting.behaviour().online(true);
        listed.behaviour().online(true);
        await().atMost(PATIENCE)
                .until(() -> !waiting.celonaIccids().isEmpty()
                        && !listed.celonaIccids().isEmpty());
        // a call may be under way for the phone at that moment: then a person asks again
        await().atMost(PATIENCE).until(() -> state(waiting).place() == Place.DONE || isConfirmed(waiting));
        deadLetterControl.importCsv(
                syncs.get(SYNC), "EID,Confirmed\n" + listed.eid() + ",yes\n", "Bob has it in his hand");

        awaitPlace(waiting, "DONE");
        awaitPlace(listed, "DONE");
    }

    @Test
    void aPhoneThatIsErasedWhileItIsWaitedForIsPushedToAgainAndNotActivatedAgain() {
        reading(ProvisionedWhen.ASSIGNED);
        Phone phone = phone("Erased");
        phone.behaviour().online(false);
        night();
        awaitPlace(phone, "WAITING CONFIRM");

        phone.eraseAndEnrol(Instant.parse("2026-05-06T08:00:00Z"));
        phone.behaviour().online(true);
        night();

        awaitPlace(phone, "DONE");
        assertThat(SIMULATION.jamf().commands(phone)).as("to the new enrolment").hasSize(1);
    }

    @Test
    void whenEveryActivationOfASyncIsRefusedAPersonIsAskedThatNight() {
        jdbc.sql("update device set activated_at = null").update();
        reading(ProvisionedWhen.DOWNLOADED);
        Phone phone = phone("The first one");
        phone.behaviour().online(false);

        night();

        awaitPlace(phone, "WAITING PUSH NOT_PROVISIONED");
        assertThat(needs.of(syncs.get(SYNC)))
                .filteredOn(need -> need.code().equals(ReasonCode.PROVISIONED_UNCLEAR.name()))
                .singleElement()
                .satisfies(need -> {
                    assertThat(need.devices()).isEqualTo(1);
                    assertThat(need.todo()).contains("celona.provisioned");
                });
        assertThat(readings.proofs(NAME)).isEmpty();
    }
}
