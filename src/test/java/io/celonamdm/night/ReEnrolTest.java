package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.celonamdm.esim.Eid;
import io.celonamdm.ledger.database.Audit;
import io.celonamdm.ledger.report.DeviceCounts;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.Eids;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Phones that are erased and enrolled again, with the setting that gives them their eSIM again. */
@TestPropertySource(
        properties = {"connector.syncs.warehouse.mdm.push=command", "connector.syncs.warehouse.on-re-enrol=push"})
class ReEnrolTest extends NightTest {
    private static final PhoneFleet FLEET = PhoneFleet.of(3, 22).downloadDelay(Duration.ofMillis(20));
    private static final Simulation SIMULATION = Simulation.start(FLEET);

    @Autowired
    DeviceCounts counts;

    @Autowired
    Audit audit;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        settings(registry, SIMULATION);
        registry.add("connector.syncs.warehouse.celona.provision.patience", () -> "6s");
    }

    @AfterAll
    static void stop() {
        SIMULATION.close();
    }

    @Test
    void theEsimThatItHadIsPushedAgainAndNoneIsAssigned() {
        night();
        night();
        Phone phone = FLEET.phones().get(0);
        List<String> iccids = phone.celonaIccids();
        assertThat(iccids).hasSize(1);
        int calls = calls(phone);
        phone.eraseAndEnrol(Instant.parse("2026-05-04T08:00:00Z"));

        night();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(SIMULATION.jamf().commands(phone))
                        .as("commands to the new enrolment")
                        .hasSize(1));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(whereIs(phone)).isEqualTo("DONE DONE"));
        assertThat(iccid(phone)).as("the eSIM that it had").isEqualTo(iccids.get(0));
        assertThat(SIMULATION.celona().log().count("POST", "/assign-eid")).isEqualTo(1);
        assertThat(SIMULATION.celona().truth().eidsAssignedTwice()).isEmpty();
        assertThat(calls(phone)).as("history is kept").isGreaterThan(calls);
        assertThat(audit.of(new Eid(phone.eid()))).singleElement().satisfies(entry -> {
            assertThat(entry.actor()).isEqualTo(Audit.CONNECTOR);
            assertThat(entry.action()).isEqualTo("push");
            assertThat(entry.reason()).isEqualTo("RE_ENROLLED");
        });

        night();
        assertThat(counts.driftByCode(NAME)).as("pushed to the new enrolment").isEmpty();
        assertThat(audit.of(new Eid(phone.eid()))).as("pushed once").hasSize(1);
    }

    @Test
    void aPhoneThatIsErasedBeforeItIsDoneGetsItsCommandAgain() {
        Phone phone = FLEET.add(new Phone(Eids.next(new Random(7)), "SN-LATE", "Late"));
        phone.behaviour().downloadDelay(Duration.ofMillis(20));
        phone.behaviour().online(false);
        assertThat(trigger.run(syncs.get(SYNC), false)).isTrue();
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(SIMULATION.jamf().commands(phone)).hasSize(1));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(whereIs(phone)).startsWith("WAITING").endsWith("NOT_PROVISIONED"));
        awaitEnd(runs.latest(NAME).orElseThrow().id());
        String iccid = iccid(phone);

        // the command in the queue of the old enrolment never reaches it
        Phone erased = phone;
        erased.eraseAndEnrol(Instant.parse("2026-05-05T08:00:00Z"));
        night();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(SIMULATION.jamf().commands(erased))
                        .as("a command for the new enrolment")
                        .hasSize(1));
        phone.behaviour().online(true);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(whereIs(phone)).isEqualTo("DONE DONE"));
        assertThat(iccid(phone)).isEqualTo(iccid);
        assertThat(SIMULATION.celona().truth().iccidsOf(phone.eid())).containsExactly(iccid);
        assertThat(audit.of(new Eid(phone.eid())))
                .extracting(Audit.Entry::action, Audit.Entry::reason)
                .containsExactly(tuple("push", "RE_ENROLLED"));
    }

    private String iccid(Phone phone) {
        return jdbc.sql("select iccid from device where eid = :eid")
                .param("eid", phone.eid())
                .query(String.class)
                .single();
    }

    private int calls(Phone phone) {
        return jdbc.sql("select count(*) from journal_device where eid = :eid")
                .param("eid", phone.eid())
                .query(Integer.class)
                .single();
    }
}
