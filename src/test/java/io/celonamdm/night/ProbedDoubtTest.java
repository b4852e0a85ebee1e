package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.celonamdm.esim.Eid;
import io.celonamdm.ledger.database.Audit;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.SyncStates.Stop;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.Eids;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Fault;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.TestRestTemplate;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Doubt that resolves itself: phones in doubt are told to fetch an eSIM, and the inventory shows if one existed. */
@TestPropertySource(
        properties = {
            "connector.syncs.warehouse.mdm.push=command",
            "connector.syncs.warehouse.in-doubt-patience=0s",
            "connector.syncs.warehouse.celona.iccid-prefixes=89105212"
        })
class ProbedDoubtTest extends NightTest {
    private static final PhoneFleet FLEET = PhoneFleet.of(1, 27).downloadDelay(Duration.ofMillis(20));
    private static final Simulation SIMULATION = Simulation.start(FLEET);
    private static final Random RANDOM = new Random(23);
    private static final String ASSIGN = "/assign-eid";

    @Autowired
    TestRestTemplate rest;

    @Autowired
    Audit audit;

    @LocalManagementPort
    int port;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        settings(registry, SIMULATION);
        registry.add("connector.syncs.warehouse.in-doubt", () -> "probe");
        SIMULATION.celona().stock(100).settings().assignDelay(Duration.ZERO);
    }

    @AfterAll
    static void stop() {
        SIMULATION.close();
    }

    @BeforeEach
    void haveAQuietNightBefore() {
        SIMULATION.celona().faults().clear();
        states.resume(NAME);
        night();
        SIMULATION.celona().log().clear();
    }

    private static Phone newPhone() {
        String serial = "SN" + RANDOM.nextInt(1_000_000_000);
        Phone phone = FLEET.add(new Phone(Eids.next(RANDOM), serial, "Phone " + serial));
        phone.behaviour().downloadDelay(Duration.ofMillis(20));
        return phone;
    }

    private Run doubtful(Fault fault) {
        SIMULATION.celona().faults().once("POST", ASSIGN, fault);
        return night();
    }

    @Test
    void anEsimThatWasAssignedIsFetchedAndAdopted() {
        Phone phone = newPhone();

        Run run = doubtful(Fault.hangUpAfterProcessing());

        assertThat(run.outcome()).isEqualTo(Run.Outcome.IN_DOUBT);
        assertThat(whereIs(phone)).isEqualTo("IN_DOUBT ASSIGN ASSIGN_IN_DOUBT");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(phone.celonaIccids()).hasSize(1));
        night();

        assertThat(whereIs(phone)).isEqualTo("DONE DONE");
        assertThat(SIMULATION.celona().truth().activeEids()).contains(phone.eid());
        assertThat(SIMULATION.celona().log().count("POST", ASSIGN)).isEqualTo(1);
        assertThat(SIMULATION.jamf().commands(phone)).hasSize(1);
        assertThat(audit.of(new Eid(phone.eid())))
                .extracting(Audit.Entry::action)
                .containsExactly("probe", "evidence");
        assertThat(audit.of(new Eid(phone.eid())))
                .extracting(Audit.Entry::actor)
                .containsOnly(Audit.CONNECTOR);
        assertThat(journalled(phone)).as("like any other push").isOne();
    }

    @Test
    void whatShowsNothingIsLeftToAPersonWithWhatWasSeen() {
        Phone phone = newPhone().otherIccid("8944500000000000007");

        doubtful(Fault.hangUpBeforeProcessing());
        assertThat(whereIs(phone)).isEqualTo("IN_DOUBT ASSIGN ASSIGN_IN_DOUBT");
        night();
        assertThat(whereIs(phone)).as("one inventory is not enough").isEqualTo("IN_DOUBT ASSIGN ASSIGN_IN_DOUBT");
        night();

        assertThat(whereIs(phone)).isEqualTo("IN_DOUBT ASSIGN PROBED_IN_VAIN");
        String shown = Objects.requireNonNull(
                rest.getForEntity("http://127.0.0.1:" + port + "/actuator/indoubt/" + SYNC, String.class)
                        .getBody());
        assertThat(shown)
                .contains(phone.eid())
                .contains("2 complete inventories since show")
                .contains("\"inventoriesSince\":2")
                .contains("\"probedAt\":\"");
        night();
        assertThat(SIMULATION.jamf().commands(phone)).as("told once").hasSize(1);
        assertThat(SIMULATION.celona().log().count("POST", ASSIGN)).isEqualTo(1);
        assertThat(SIMULATION.celona().truth().iccidsOf(phone.eid())).isEmpty();
    }

    @Test
    void aPhoneThatWasOffForSeveralNightsIsStillAdopted() {
        Phone phone = newPhone();
        phone.behaviour().online(false);
        doubtful(Fault.hangUpAfterProcessing());
        night();
        night();
        assertThat(whereIs(phone)).isEqualTo("IN_DOUBT ASSIGN PROBED_IN_VAIN");

        phone.behaviour().online(true);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(phone.celonaIccids()).hasSize(1));
        night();

        assertThat(whereIs(phone)).isEqualTo("DONE DONE");
        assertThat(SIMULATION.celona().log().count("POST", ASSIGN)).isEqualTo(1);
    }

    @Test
    void aPhoneThatCannotBeToldStaysInDoubt() {
        Phone phone = newPhone();
        SIMULATION.jamf().faults().times(1, "POST", "/mdm/commands", Fault.answer(400, """
                {"httpStatus":400,"errors":[{"code":"INVALID_FIELD","description":"no such device","id":"0","field":null}]}
                """, java.util.Map.of()));

        doubtful(Fault.hangUpAfterProcessing());

        assertThat(whereIs(phone)).isEqualTo("IN_DOUBT ASSIGN ASSIGN_IN_DOUBT");
        assertThat(deadLetter(phone)).isNull();
    }

    @Test
    void nothingIsToldWhileTheSyncIsPaused() {
        Phone phone = newPhone();
        SIMULATION.celona().faults().once("POST", ASSIGN, (request, endpoint) -> {
            states.stop(NAME, Stop.Kind.PAUSED, "a test");
            return Fault.hangUpAfterProcessing().apply(request, endpoint);
        });
        night();
        assertThat(whereIs(phone)).isEqualTo("IN_DOUBT ASSIGN ASSIGN_IN_DOUBT");
        assertThat(SIMULATION.jamf().commands(phone)).isEmpty();

        states.resume(NAME);
        night();
        assertThat(SIMULATION.jamf().commands(phone)).hasSize(1);
    }

    private int journalled(Phone phone) {
        return jdbc.sql("select count(*) from journal_device x join journal j on j.id = x.journal_id"
                        + " where x.eid = :eid and j.step = 'PUSH' and j.state = 'ANSWERED'")
                .param("eid", phone.eid())
                .query(Integer.class)
                .single();
    }
}
