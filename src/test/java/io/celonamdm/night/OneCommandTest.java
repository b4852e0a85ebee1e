package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.jamf.MdmCommand;
import io.celonamdm.simulator.phone.Eids;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Fault;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** No command is sent twice, despite lost answers, lagging nodes and a server that forgets. */
@TestPropertySource(
        properties = {
            "connector.syncs.warehouse.mdm.push=command",
            "connector.syncs.warehouse.mdm.await=acknowledged",
            "connector.syncs.warehouse.mdm.repeat.most=2"
        })
class OneCommandTest extends NightTest {
    private static final PhoneFleet FLEET = PhoneFleet.of(1, 31).downloadDelay(Duration.ofMillis(20));
    private static final Simulation SIMULATION = Simulation.start(FLEET);
    private static final Random RANDOM = new Random(5);
    private static final String COMMANDS = "/mdm/commands";

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        settings(registry, SIMULATION);
        registry.add("connector.syncs.warehouse.mdm.repeat.after", () -> "4s");
        SIMULATION.celona().stock(100);
    }

    @AfterAll
    static void stop() {
        SIMULATION.close();
    }

    @BeforeEach
    void haveAQuietNightBefore() {
        SIMULATION.jamf().settings().commandLag(Duration.ZERO);
        SIMULATION.jamf().faults().clear();
        night();
    }

    private static Phone newPhone() {
        String serial = "SN" + RANDOM.nextInt(1_000_000_000);
        Phone phone = FLEET.add(new Phone(Eids.next(RANDOM), serial, "Phone " + serial));
        phone.behaviour().downloadDelay(Duration.ofMillis(20));
        return phone;
    }

    private void doneWithOneCommand(Phone phone) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(whereIs(phone)).isEqualTo("DONE DONE"));
        assertThat(SIMULATION.jamf().commands(phone)).hasSize(1);
    }

    @Test
    void aCommandWhoseAnswerWasLostIsFoundAlthoughThePhoneHasAnsweredIt() {
        Phone phone = newPhone();
        SIMULATION.jamf().faults().once("POST", COMMANDS, Fault.hangUpAfterProcessing());

        night();

        doneWithOneCommand(phone);
    }

    @Test
    void aNodeThatHasNotHeardOfItIsAskedAgain() {
        Phone phone = newPhone();
        SIMULATION.jamf().settings().commandLag(Duration.ofSeconds(2));

        night();

        doneWithOneCommand(phone);
    }

    @Test
    void aNodeThatHasNotHeardOfACommandWhoseAnswerWasLostIsAskedAgain() {
        Phone phone = newPhone();
        SIMULATION.jamf().settings().commandLag(Duration.ofSeconds(2));
        SIMULATION.jamf().faults().once("POST", COMMANDS, Fault.hangUpAfterProcessing());

        night();

        doneWithOneCommand(phone);
    }

    @Test
    void aCommandThatWasNeverProcessedIsSentOnceNobodyHasHeardOfIt() {
        Phone phone = newPhone();
        SIMULATION.jamf().faults().once("POST", COMMANDS, Fault.hangUpBeforeProcessing());

        night();

        doneWithOneCommand(phone);
    }

    @Test
    void aCommandThatTheServerNeverShowsIsSentAgainAFewTimesOnly() {
        Phone phone = newPhone();
        SIMULATION.jamf().settings().commandLag(Duration.ofDays(1));

        assertThat(trigger.run(syncs.get(SYNC), false)).isTrue();
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(SIMULATION.jamf().commands(phone)).hasSize(3));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(reason(phone)).contains("although it was sent 3 times"));
        assertThat(whereIs(phone)).isEqualTo("WAITING PUSH COMMAND_UNLISTED");
        assertThat(SIMULATION.jamf().commands(phone))
                .hasSize(3)
                .as("each only after the one before had its time")
                .isSortedAccordingTo((first, second) ->
                        Duration.between(first.sent(), second.sent()).compareTo(Duration.ofSeconds(4)) >= 0 ? -1 : 1);

        SIMULATION.jamf().settings().commandLag(Duration.ZERO);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(whereIs(phone)).isEqualTo("DONE DONE"));
        assertThat(SIMULATION.jamf().commands(phone)).hasSize(3).noneMatch(MdmCommand::active);
    }

    private String reason(Phone phone) {
        return jdbc.sql("select coalesce(reason, '') from device where eid = :eid")
                .param("eid", phone.eid())
                .query(String.class)
                .single();
    }
}
