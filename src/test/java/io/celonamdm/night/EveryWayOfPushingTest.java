package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.ledger.Run;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.LoggedRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** A night with every way of pushing, that waits for the phones' acknowledgement and locks their SIMs. */
@TestPropertySource(
        properties = {
            "connector.syncs.warehouse.mdm.push=command,attribute,profile",
            "connector.syncs.warehouse.mdm.await=acknowledged",
            "connector.syncs.warehouse.sim-lock.status=Enabled",
            "connector.syncs.warehouse.sim-lock.policy=ONATTACH"
        })
@Tag(TestDatabase.POSTGRESQL)
class EveryWayOfPushingTest extends NightTest {
    private static final int PHONES = 12;
    private static final Simulation SIMULATION = Simulation.start(PhoneFleet.of(PHONES, 5));

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        SIMULATION.jamf().settings().extensionAttribute("Celona SM-DP+ address");
        SIMULATION.jamf().settings().extensionAttribute("Celona eSIM state");
        settings(registry, SIMULATION);
    }

    @AfterAll
    static void stop() {
        SIMULATION.close();
    }

    @Test
    void everyPhoneIsAcknowledgedLockedAndInTheProfilesGroup() {
        SIMULATION.fleet().phones().get(0).behaviour().notNow(2);

        Run run = night();

        assertThat(run.outcome()).as("%s", ledger()).isEqualTo(Run.Outcome.SUCCESS);
        assertThat(ledger()).isEqualTo(Map.of("DONE DONE", (long) PHONES));
        assertThat(SIMULATION.jamf().log().count("POST", "/mdm/commands")).isEqualTo(PHONES);
        assertThat(SIMULATION.jamf().log().of("PATCH", "/static-groups/").stream()
                        .mapToInt(request ->
                                String.valueOf(request.request().json()).split("selected", -1).length - 1)
                        .sum())
                .as("memberships that were added")
                .isEqualTo(PHONES);
        assertThat(SIMULATION.jamf().log().count("POST", "/JSSResource/mobiledeviceconfigurationprofiles"))
                .isEqualTo(1);
        for (LoggedRequest activation : SIMULATION.celona().log().of("POST", "/activation-from-file")) {
            List<List<String>> rows = activation.csvRows();
            assertThat(rows).allSatisfy(row -> assertThat(row).hasSize(7));
            assertThat(rows.get(1).subList(4, 7)).containsExactly("Enabled", "ONATTACH", "");
        }
    }
}
