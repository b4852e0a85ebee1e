package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.ledger.run.Run;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.LoggedRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A first night with a thousand phones, a third of them with names that try to break a CSV. */
class ThousandDevicesTest extends NightTest {
    private static final int PHONES = 1000;
    private static final Simulation SIMULATION = Simulation.start(PhoneFleet.of(PHONES, 42));

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        SIMULATION.jamf().settings().tokenLifetime(Duration.ofSeconds(2)).extensionAttribute("Celona SM-DP+ address");
        SIMULATION.jamf().settings().extensionAttribute("Celona eSIM state");
        settings(registry, SIMULATION);
    }

    @AfterAll
    static void stop() {
        SIMULATION.close();
    }

    @Test
    void everyPhoneGetsItsEsim() {
        Run run = night();

        assertThat(run.outcome()).as("%s", ledger()).isEqualTo(Run.Outcome.SUCCESS);
        assertThat(ledger()).isEqualTo(java.util.Map.of("DONE DONE", (long) PHONES));
        assertThat(SIMULATION.celona().truth().activeEids()).hasSize(PHONES);
        assertThat(SIMULATION.celona().truth().eidsAssignedTwice()).isEmpty();
        assertThat(SIMULATION.celona().truth().esims())
                .filteredOn(esim -> !esim.eid().isEmpty())
                .hasSize(PHONES);
        assertThat(SIMULATION.jamf().log().maxConcurrent()).isLessThanOrEqualTo(5);
        assertThat(SIMULATION.jamf().log().count("POST", "/oauth/token"))
                .as("tokens are cached, and renewed when they expire")
                .isBetween(2, 60);
        List<LoggedRequest> pages = SIMULATION.jamf().log().of("GET", "/mobile-devices/detail");
        assertThat(pages.stream().filter(page -> page.status().orElse(0) == 200))
                .hasSize(PHONES / 200);
    }
}
