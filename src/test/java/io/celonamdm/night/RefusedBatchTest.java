package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.celona.CelonaFaults;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.SchedulerException;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Celona refuses whole CSVs because of one row, several rows or none. */
@TestPropertySource(properties = "connector.syncs.warehouse.mdm.push=command")
class RefusedBatchTest extends NightTest {
    private static final int DEVICES = 40;
    /** 2 · log2(40) + 2. */
    private static final int MOST = 12;

    private static final String ASSIGN = "/assign-eid";
    private static final String ACTIVATION = "/activation-from-file";
    private static final String UNACCEPTABLE = "file is not acceptable";

    private static final PhoneFleet FLEET = PhoneFleet.of(0, 5);
    private static final Simulation SIMULATION = Simulation.start(FLEET);

    private static int fleets;

    private List<Phone> phones = List.of();

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        settings(registry, SIMULATION);
        SIMULATION.celona().stock(1_000);
    }

    @AfterAll
    static void stop() {
        SIMULATION.close();
    }

    @BeforeEach
    void haveNewPhones() {
        phones = PhoneFleet.of(DEVICES, ++fleets).downloadDelay(Duration.ofMillis(20)).phones().stream()
                .sorted(Comparator.comparing(Phone::eid))
                .toList();
        phones.forEach(FLEET::add);
        SIMULATION.celona().log().clear();
    }

    @AfterEach
    void cleanUp() {
        SIMULATION.celona().faults().clear();
        phones.forEach(FLEET::remove);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 17, 39})
    void oneRowThatIsRefusedIsFoundAndTheOthersGoOn(int bad) {
        Phone refused = phones.get(bad);
        SIMULATION.celona().faults().always("POST", ASSIGN, CelonaFaults.refusedFor(400, UNACCEPTABLE, refused.eid()));

        assertThat(night().outcome()).isEqualTo(Run.Outcome.PARTIAL);

        assertThat(whereIs(refused)).isEqualTo("DEAD ASSIGN ASSIGN_REFUSED");
        assertThat(Objects.requireNonNull(deadLetter(refused)).reason()).contains(UNACCEPTABLE);
        assertOthersAreDone(refused);
        assertThat(SIMULATION.celona().log().count("POST", ASSIGN)).isLessThanOrEqualTo(1 + MOST);
        assertThat(SIMULATION.celona().truth().eidsAssignedTwice()).isEmpty();
    }

    @Test
    void severalRowsThatAreRefusedAreFoundInOneHalf() {
        Phone first = phones.get(3);
        Phone second = phones.get(8);
        SIMULATION
                .celona()
                .faults()
                .always("POST", ASSIGN, CelonaFaults.refusedFor(400, UNACCEPTABLE, first.eid(), second.eid()));

        night();

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(whereIs(first)).isEqualTo("DEAD ASSIGN ASSIGN_REFUSED");
            assertThat(whereIs(second)).isEqualTo("DEAD ASSIGN ASSIGN_REFUSED");
            assertOthersAreDone(first, second);
        });
        assertThat(states.find(NAME).orElseThrow().quarantine()).isNull();
    }

    @Test
    void rowsInBothHalvesAreFoundOnceAnythingWasTaken() throws SchedulerException {
        Phone first = phones.get(3);
        Phone second = phones.get(33);
        SIMULATION
                .celona()
                .faults()
                .always("POST", ASSIGN, CelonaFaults.refusedFor(400, UNACCEPTABLE, first.eid(), second.eid()));
        assertThat(trigger.run(syncs.get(SYNC), false)).isTrue();
        await().atMost(PATIENCE).until(() -> states.find(NAME).orElseThrow().quarantine() != null);
        assertThat(quarantine().code()).isEqualTo(ReasonCode.BATCH_REJECTED);
        awaitNothingUnderWay();

        probeNow();

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(whereIs(first)).isEqualTo("DEAD ASSIGN ASSIGN_REFUSED");
            assertThat(whereIs(second)).isEqualTo("DEAD ASSIGN ASSIGN_REFUSED");
            assertOthersAreDone(first, second);
        });
    }

    @Test
    void aRowOfAnActivationIsFoundAsWell() {
        Phone refused = phones.get(11);
        SIMULATION
                .celona()
                .faults()
                .always("POST", ACTIVATION, CelonaFaults.refusedFor(400, UNACCEPTABLE, () -> iccid(refused)));

        night();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(whereIs(refused)).isEqualTo("DEAD ACTIVATE OTHER"));
        await().atMost(PATIENCE).untilAsserted(() -> assertOthersAreDone(refused));
    }

    @Test
    void noRowIsBlamedWhereBothHalvesAreRefusedAlike() throws SchedulerException {
        SIMULATION.celona().faults().always("POST", ASSIGN, CelonaFaults.refused(400, UNACCEPTABLE));
        assertThat(trigger.run(syncs.get(SYNC), false)).isTrue();
        await().atMost(PATIENCE).until(() -> states.find(NAME).orElseThrow().quarantine() != null);

        assertThat(quarantine().code()).isEqualTo(ReasonCode.BATCH_REJECTED);
        assertThat(quarantine().reason()).contains(UNACCEPTABLE);
        assertThat(SIMULATION.celona().log().count("POST", ASSIGN)).isEqualTo(3);
        awaitNothingUnderWay();
        assertThat(phones).allSatisfy(phone -> assertThat(whereIs(phone)).startsWith("WAITING ASSIGN"));

        probeNow();
        await().atMost(PATIENCE).until(() -> quarantine().probes() == 1);
        assertThat(SIMULATION.celona().log().count("POST", ASSIGN))
                .as("a probe is one call")
                .isEqualTo(4);
        awaitNothingUnderWay();
        assertThat(phones).allSatisfy(phone -> assertThat(whereIs(phone)).startsWith("WAITING ASSIGN"));

        SIMULATION.celona().faults().clear();
        probeNow();
        await().atMost(PATIENCE).untilAsserted(this::assertOthersAreDone);
        assertThat(states.find(NAME).orElseThrow().quarantine()).isNull();
    }

    /** The half that was refused last opens the quarantine; the devices of the other may be in flight still. */
    private void awaitNothingUnderWay() {
        await().atMost(PATIENCE)
                .until(() -> phones.stream().noneMatch(phone -> whereIs(phone).startsWith("IN_FLIGHT")));
    }

    private void assertOthersAreDone(Phone... refused) {
        assertThat(phones)
                .filteredOn(phone -> !List.of(refused).contains(phone))
                .allSatisfy(phone -> assertThat(whereIs(phone)).isEqualTo("DONE DONE"));
    }

    private String iccid(Phone phone) {
        return jdbc.sql("select coalesce(max(iccid), 'none') from device where eid = :eid")
                .param("eid", phone.eid())
                .query(String.class)
                .single();
    }
}
