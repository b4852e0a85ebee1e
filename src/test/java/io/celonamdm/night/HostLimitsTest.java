package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Busy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Two syncs with the same hosts share the limits of these hosts. */
@TestPropertySource(
        properties = {
            "connector.syncs.warehouse.mdm.push=command",
            "connector.syncs.store.mdm.push=command",
            // so many calls that the limits matter
            "connector.syncs.warehouse.mdm.devices-per-call=1",
            "connector.syncs.store.mdm.devices-per-call=1",
            "connector.syncs.warehouse.scope.include[0].serial=/.*[0-4A-K]/",
            "connector.syncs.store.scope.exclude[0].serial=/.*[0-4A-K]/",
            "connector.http.hosts.[127.0.0.1].max-connections=3",
            "connector.http.hosts.[127.0.0.1].requests-per-second=20"
        })
class HostLimitsTest extends NightTest {
    private static final PhoneFleet FLEET = PhoneFleet.of(40, 51).downloadDelay(Duration.ofMillis(20));
    private static final Simulation SIMULATION = Simulation.start(FLEET);

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        settings(registry, SIMULATION);
        settings(registry, SIMULATION, "store");
        SIMULATION.celona().stock(100);
    }

    @AfterAll
    static void stop() {
        SIMULATION.close();
    }

    @Test
    void callsAreLimitedForAllSyncsTogether() {
        Busy pushes = new Busy(Duration.ofMillis(100));
        SIMULATION.jamf().faults().always("POST", "/mdm/commands", pushes);

        assertThat(trigger.run(syncs.get("store"), false)).isTrue();
        assertThat(trigger.run(syncs.get(SYNC), false)).isTrue();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(FLEET.phones())
                        .allSatisfy(phone -> assertThat(places(phone)).contains("DONE DONE")));

        assertThat(pushes.most()).isBetween(2, 3);
        List<Instant> calls = SIMULATION.jamf().log().all().stream()
                .map(call -> call.request().time())
                .sorted()
                .toList();
        // a full bucket of 20, and what flows into it meanwhile
        for (int i = 0; i + 41 < calls.size(); i++) {
            assertThat(Duration.between(calls.get(i), calls.get(i + 41)))
                    .as("42 calls from the %dth on", i)
                    .isGreaterThan(Duration.ofMillis(900));
        }
    }

    private List<String> places(Phone phone) {
        return jdbc.sql("select place || ' ' || step from device where eid = :eid")
                .param("eid", phone.eid())
                .query(String.class)
                .list();
    }
}
