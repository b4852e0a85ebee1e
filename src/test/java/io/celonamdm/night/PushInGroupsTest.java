package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.jamf.GroupAnswer;
import io.celonamdm.simulator.jamf.GroupBehaviour;
import io.celonamdm.simulator.jamf.GroupLook;
import io.celonamdm.simulator.phone.Eids;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Fault;
import io.celonamdm.sync.CallSizes;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Nights whose phones are commanded many at a time, whatever Jamf Pro makes of that. */
@TestPropertySource(properties = "connector.syncs.warehouse.mdm.push=command")
class PushInGroupsTest extends NightTest {
    private static final String COMMANDS = "/mdm/commands";
    private static final PhoneFleet FLEET = new PhoneFleet(7).downloadDelay(Duration.ofMillis(20));
    private static final Simulation SIMULATION = Simulation.start(FLEET);
    private static final Random RANDOM = new Random(17);

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        settings(registry, SIMULATION);
        // long enough for every phone to have answered when it is asked about, as in a real night
        registry.add("connector.syncs.warehouse.confirm.first", () -> "1s");
        registry.add("connector.syncs.warehouse.confirm.max", () -> "2s");
        SIMULATION.celona().stock(5000);
    }

    @AfterAll
    static void stop() {
        SIMULATION.close();
    }

    @Autowired
    CallSizes sizes;

    /** What a night has taught about groups is forgotten. */
    @AfterEach
    void forget() {
        sizes.accepted(syncs.get(SYNC));
    }

    @BeforeEach
    void jamfIsWell() {
        SIMULATION.jamf().faults().clear();
        SIMULATION
                .jamf()
                .settings()
                .groups(GroupBehaviour.ALL_OR_NOTHING)
                .groupAnswer(GroupAnswer.SHUFFLED)
                .groupLook(GroupLook.UNDERSTOOD)
                .commandLag(Duration.ZERO);
    }

    private static List<Phone> newPhones(int count) {
        return IntStream.range(0, count).mapToObj(i -> newPhone()).toList();
    }

    private static Phone newPhone() {
        String serial = "SN" + RANDOM.nextInt(1_000_000_000);
        Phone phone = FLEET.add(new Phone(Eids.next(RANDOM), serial, "Phone " + serial));
        phone.behaviour().downloadDelay(Duration.ofMillis(20));
        return phone;
    }

    private void doneWithOneCommand(List<Phone> phones) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(phones)
                        .allSatisfy(phone -> assertThat(whereIs(phone)).isEqualTo("DONE DONE")));
        assertThat(phones)
                .allSatisfy(phone -> assertThat(SIMULATION.jamf().commands(phone))
                        .as("%s", phone)
                        .hasSize(1));
    }

    @ParameterizedTest
    @EnumSource(GroupAnswer.class)
    void whateverTheAnswerIsEachPhoneIsDoneWithOneCommand(GroupAnswer answer) {
        SIMULATION.jamf().settings().groupAnswer(answer);
        List<Phone> phones = newPhones(6);

        night();

        doneWithOneCommand(phones);
    }

    @ParameterizedTest
    @EnumSource(
            value = GroupBehaviour.class,
            names = {"REFUSED_400", "REFUSED_413", "REFUSED_500", "FIRST_ONLY"})
    @ExtendWith(OutputCaptureExtension.class)
    void aTenantThatTakesNoGroupsIsServedNevertheless(GroupBehaviour behaviour, CapturedOutput log) {
        SIMULATION.jamf().settings().groups(behaviour);
        List<Phone> phones = newPhones(7);

        night();

        doneWithOneCommand(phones);
        assertThat(log.getAll())
                .as("one call is not device after device")
                .doesNotContain("quarantine " + ReasonCode.SAME_REFUSAL);
    }

    @ParameterizedTest
    @EnumSource(GroupLook.class)
    void whateverItMakesOfAListOfIdsEachPhoneIsDoneWithOneCommand(GroupLook look) {
        SIMULATION.jamf().settings().groupLook(look);
        List<Phone> phones = newPhones(6);

        night();

        doneWithOneCommand(phones);
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void aGroupWhoseAnswerIsLostIsLookedFor(boolean processed, boolean late) {
        SIMULATION.jamf().settings().commandLag(late ? Duration.ofMillis(400) : Duration.ZERO);
        SIMULATION
                .jamf()
                .faults()
                .once("POST", COMMANDS, processed ? Fault.hangUpAfterProcessing() : Fault.hangUpBeforeProcessing());
        List<Phone> phones = newPhones(6);

        night();

        doneWithOneCommand(phones);
    }

    @ParameterizedTest
    @EnumSource(
            value = GroupBehaviour.class,
            names = {"ALL_OR_NOTHING", "THE_KNOWN", "UNTIL_ONE_IS_UNKNOWN", "BROKEN_BY_ONE"})
    void onePhoneThatJamfHasForgottenIsTheOnlyDeadLetter(GroupBehaviour behaviour) {
        SIMULATION.jamf().settings().groups(behaviour);
        List<Phone> phones = newPhones(6);
        Phone forgotten = phones.get(2);
        SIMULATION.jamf().settings().forget(forgotten.managementId());

        night();

        doneWithOneCommand(phones.stream().filter(phone -> phone != forgotten).toList());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                Objects.requireNonNull(deadLetter(forgotten)).code())
                        .isEqualTo(ReasonCode.COMMAND_FAILED));
    }
}
