package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.celonamdm.control.SyncControl;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.intune.IntuneSimulator;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Busy;
import io.celonamdm.simulator.web.Fault;
import io.celonamdm.simulator.web.Hold;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Nights with a report without EIDs, which are asked for in several batches at once. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class IntuneBatchesNightTest extends NightTest {
    private static final int PHONES = 150;
    private static final String BATCH = "/beta/$batch";
    private static final PhoneFleet FLEET = PhoneFleet.of(PHONES, 17);
    private static final Simulation SIMULATION = Simulation.start(FLEET);
    private static final IntuneSimulator INTUNE =
            IntuneSimulator.start(0, FLEET, SIMULATION.celona().smdp());

    @Autowired
    private SyncControl control;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        intuneSettings(registry, SIMULATION, INTUNE, SYNC);
        registry.add("connector.syncs." + SYNC + ".mdm.max-concurrency", () -> 3);
        INTUNE.settings().eidsInReport(false);
    }

    @AfterAll
    static void stop() {
        INTUNE.close();
        SIMULATION.close();
    }

    @Test
    @Order(1)
    void aNightThatIsCancelledMeanwhileEndsWithinSeconds() {
        try (Hold hold = INTUNE.faults().hold("POST", BATCH, Hold.Point.BEFORE_PROCESSING)) {
            INTUNE.faults().always("POST", BATCH, hold);
            assertThat(trigger.run(syncs.get(SYNC), false)).isTrue();
            long run = runs.open(NAME).orElseThrow().id();
            INTUNE.log().await("POST", BATCH, 3, PATIENCE);

            control.cancel(run, "a test");

            // well before connector.http.call-timeout
            await("all calls are given up")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> jdbc.sql("select count(*) from qrtz_fired_triggers where job_group = 'sync'")
                                    .query(Long.class)
                                    .single()
                            == 0);
            assertThat(INTUNE.log().count("POST", BATCH)).isEqualTo(3);
            assertThat(ledger()).isEmpty();
        }
        INTUNE.faults().clear();
    }

    @Test
    @Order(2)
    void everyDeviceGetsItsEsim() {
        Busy busy = new Busy(Duration.ofMillis(100));
        INTUNE.throttleInBatches(1);
        INTUNE.faults().once("POST", BATCH, Fault.tooManyRequests(Duration.ofSeconds(1)));
        INTUNE.faults().once("POST", BATCH, Fault.hangUpBeforeProcessing());
        INTUNE.faults().always("POST", BATCH, busy);

        night();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ledger()).isEqualTo(Map.of("DONE DONE", (long) PHONES)));
        assertThat(busy.most()).isBetween(2, 4);
        assertThat(FLEET.phones())
                .allSatisfy(phone -> assertThat(INTUNE.device(phone).actions()).hasSize(1));
    }
}
