package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.intune.IntuneSimulator;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Fault;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Nights with Intune: reports that fail, then one with five thousand devices. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class IntuneNightTest extends NightTest {
    private static final int PHONES = 2000;
    private static final PhoneFleet FLEET = PhoneFleet.of(PHONES, 42);
    private static final Simulation SIMULATION = Simulation.start(FLEET);
    private static final IntuneSimulator INTUNE =
            IntuneSimulator.start(0, FLEET, SIMULATION.celona().smdp());

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        intuneSettings(registry, SIMULATION, INTUNE, SYNC);
        Map<String, Object> settings = new TreeMap<>();
        settings.put("mdm.page-size", 1000);
        settings.put("run-window", "1m");
        settings.forEach((key, value) -> registry.add("connector.syncs." + SYNC + "." + key, () -> value));
    }

    @AfterAll
    static void stop() {
        INTUNE.close();
        SIMULATION.close();
    }

    @Test
    @Order(1)
    void aReportThatFailsLeavesTheRunFailed() {
        INTUNE.settings().report(1, "failed");

        assertNothingIsPlanned("failed");

        INTUNE.settings().report(1, "completed");
    }

    @Test
    @Order(2)
    void aReportThatHasExpiredLeavesTheRunFailed() {
        INTUNE.settings().expired(true);

        assertNothingIsPlanned("expired");

        INTUNE.settings().expired(false);
    }

    @Test
    @Order(3)
    void aCorruptFileLeavesTheRunFailed() {
        // the half of a zip as a whole answer: nothing on the wire says that something is missing
        INTUNE.faults().once("GET", "/blob/", Fault.changedBody(zip -> zip.substring(0, zip.length() / 2)));

        assertNothingIsPlanned("cannot be read");
    }

    private void assertNothingIsPlanned(String reason) {
        Run run = night();

        assertThat(run.outcome()).isEqualTo(Run.Outcome.FAILED);
        assertThat(run.code()).isEqualTo(ReasonCode.EXPORT_FAILED.name());
        assertThat(run.reason()).contains(reason);
        assertThat(ledger()).isEmpty();
        assertThat(SIMULATION.celona().log().count("POST", "assign-eid")).isZero();
    }

    @Test
    @Order(4)
    void everyDeviceGetsItsEsim() {
        assertThat(trigger.run(syncs.get(SYNC), false)).isTrue();
        await().atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(ledger()).isEqualTo(Map.of("DONE DONE", (long) PHONES)));

        assertThat(SIMULATION.celona().truth().activeEids()).hasSize(PHONES);
        assertThat(SIMULATION.celona().truth().eidsAssignedTwice()).isEmpty();
        assertThat(INTUNE.log().of("POST", "/executeAction"))
                .hasSizeLessThan(PHONES / 20)
                .allSatisfy(call ->
                        assertThat(call.request().json().path("deviceIds")).hasSizeLessThanOrEqualTo(100));
        assertThat(FLEET.phones())
                .allSatisfy(phone -> assertThat(INTUNE.device(phone).actions()).hasSize(1));
    }
}
