package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Fault;
import io.celonamdm.simulator.web.Faults;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quartz.SchedulerException;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** A night in which each call gets an endless answer once: the night ends, and repeatable calls are repeated. */
@TestPropertySource(
        properties = {
            "connector.syncs.warehouse.mdm.push=command",
            "connector.http.call-timeout=2s",
            "connector.http.max-answer-size=2MB"
        })
class EndlessAnswersTest extends NightTest {
    private static final PhoneFleet FLEET = new PhoneFleet(13);
    private static final Simulation SIMULATION = Simulation.start(FLEET);

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        settings(registry, SIMULATION);
        registry.add("connector.syncs.warehouse.celona.assign-timeout", () -> "2s");
        SIMULATION.celona().stock(100);
    }

    @AfterAll
    static void stop() {
        SIMULATION.close();
    }

    @AfterEach
    void clear() {
        SIMULATION.celona().faults().clear();
        SIMULATION.jamf().faults().clear();
    }

    @ParameterizedTest
    @CsvSource({
        "jamf,   POST, /oauth/token,          DONE DONE",
        "jamf,   GET,  /mobile-devices/detail, DONE DONE",
        "celona, POST, /assign-eid,           IN_DOUBT ASSIGN ASSIGN_IN_DOUBT",
        "celona, GET,  /eid-status,           DONE DONE",
        "jamf,   GET,  /mdm/commands,         DONE DONE",
        "jamf,   POST, /mdm/commands,         DONE DONE",
        "celona, POST, /activation-from-file, DONE DONE"
    })
    void eachCallEnds(String vendor, String method, String path, String outcome) throws SchedulerException {
        for (Fault fault : new Fault[] {Fault.dripping(Duration.ofMillis(500)), Fault.flooding()}) {
            Phone phone = FLEET.add("Phone " + (FLEET.phones().size() + 1));
            phone.behaviour().downloadDelay(Duration.ofMillis(20));
            if (path.equals("/oauth/token")) {
                SIMULATION.jamf().expireTokens();
            }
            Faults faults = vendor.equals("jamf")
                    ? SIMULATION.jamf().faults()
                    : SIMULATION.celona().faults();
            faults.once(method, path, fault);

            assertThat(trigger.run(syncs.get(SYNC), false)).isTrue();
            await(path).atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> {
                // a pull that failed is made again in a minute
                if (jdbc.sql("update run set pull_due_at = current_timestamp where pull_due_at > current_timestamp")
                                .update()
                        > 0) {
                    triggers.now(NAME);
                }
                return whereIs(phone).equals(outcome) && runs.open(NAME).isEmpty();
            });
            assertThat(SIMULATION.celona().truth().iccidsOf(phone.eid())).hasSize(1);
            assertThat(SIMULATION.celona().truth().eidsAssignedTwice()).isEmpty();
        }
    }
}
