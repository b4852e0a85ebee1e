package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.CallScopes;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Hold;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.quartz.SchedulerException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** A call that hangs past every deadline: the watch ends it and reports it once, and the sync continues later. */
@TestPropertySource(
        properties = {
            "connector.stall=6s",
            "connector.syncs.warehouse.mdm.push=command",
            "connector.http.hosts.\"[127.0.0.1]\".response-timeout=10m",
            "connector.http.hosts.\"[127.0.0.1]\".call-timeout=10m"
        })
class StallTest extends NightTest {
    private static final Simulation SIMULATION = Simulation.start(PhoneFleet.of(2, 81));

    @Autowired
    CallScopes scopes;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        settings(registry, SIMULATION);
    }

    @AfterAll
    static void stop() {
        SIMULATION.close();
    }

    @Test
    void whatMakesNoProgressIsEndedAndToldAndGoesOnLater() throws SchedulerException {
        Hold hold = SIMULATION.jamf().faults().hold("GET", "/mobile-devices/detail", Hold.Point.BEFORE_PROCESSING);
        assertThat(trigger.run(syncs.get(SYNC), false)).isTrue();
        long run = runs.open(NAME).orElseThrow().id();
        hold.awaitArrival(PATIENCE);

        await().atMost(PATIENCE).until(() -> states.find(NAME).orElseThrow().quarantine() != null);
        assertThat(quarantine().code()).isEqualTo(ReasonCode.STALLED);
        assertThat(quarantine().reason()).contains("a pull has made no progress for 6 s");
        await().atMost(PATIENCE).until(() -> scopes.all().isEmpty());
        assertThat(runs.find(run).orElseThrow().code()).isEqualTo(ReasonCode.STALLED.name());

        SIMULATION.jamf().faults().clear();
        probeNow();
        assertThat(awaitEnd(run).outcome()).isEqualTo(Run.Outcome.SUCCESS);
        assertThat(ledger()).isEqualTo(Map.of("DONE DONE", 2L));
    }
}
