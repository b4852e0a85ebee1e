package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.celonamdm.ledger.run.Run;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.fleetdesk.FleetDeskSimulator;
import io.celonamdm.simulator.phone.PhoneFleet;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** The example of your own platform: one YAML file and nothing else. */
@TestPropertySource(
        properties = {
            "camel.main.routes-include-pattern=file:routes/**/*.camel.yaml,file:docs/examples/*.camel.yaml",
            "connector.syncs.warehouse.mdm.platform=fleetdesk",
            "connector.syncs.warehouse.mdm.options.token=" + FleetDeskSimulator.TOKEN,
            "connector.syncs.warehouse.device-name={name} {attribute:site}",
            "connector.syncs.warehouse.mdm.await=acknowledged"
        })
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OwnPlatformTest extends NightTest {
    private static final int PHONES = 25;
    private static final PhoneFleet FLEET = PhoneFleet.of(PHONES, 11);
    private static final Simulation SIMULATION = Simulation.start(FLEET);
    private static final FleetDeskSimulator FLEET_DESK =
            FleetDeskSimulator.start(FLEET, SIMULATION.celona().smdp());

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        celonaSettings(registry, SIMULATION, SYNC);
        registry.add("connector.syncs.warehouse.mdm.options.url", FLEET_DESK::url);
    }

    @AfterAll
    static void stop() {
        FLEET_DESK.close();
        SIMULATION.close();
    }

    @Test
    @Order(1)
    void everyPhoneIsDone() {
        assertThat(night().outcome()).as("%s", ledger()).isEqualTo(Run.Outcome.SUCCESS);
        assertThat(ledger()).isEqualTo(Map.of("DONE DONE", (long) PHONES));
        assertThat(FLEET_DESK.log().count("POST", "/jobs")).isEqualTo(PHONES);
        assertThat(SIMULATION.celona().log().of("POST", "/assign-eid").stream()
                        .flatMap(call -> call.csvRows().stream().skip(1)))
                .hasSize(PHONES)
                .allSatisfy(row -> assertThat(row.get(1)).endsWith(" Basel"));
    }

    @Test
    @Order(2)
    void aDeviceThatIsNotOneOfTheContractFailsThePullAndIsNamed() {
        FLEET_DESK
                .faults()
                .always(
                        "GET",
                        "/devices",
                        (request, endpoint) -> endpoint.answer(request)
                                .withBody("{\"devices\":[{\"id\":1,\"tags\":{\"no\":\"list\"}}]}"));

        assertThat(trigger.run(syncs.get(SYNC), false)).isTrue();

        Run run = await().atMost(PATIENCE).until(() -> runs.open(NAME).orElseThrow(), open -> open.code() != null);
        assertThat(run.code()).isEqualTo("UNREADABLE_ANSWER");
        assertThat(run.reason()).contains("a page of devices").contains("groups");
        assertThat(ledger()).as("what was known stays").isEqualTo(Map.of("DONE DONE", (long) PHONES));
    }
}
