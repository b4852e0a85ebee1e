package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.intune.IntuneSimulator;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Fault;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.TestRestTemplate;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A night that gives phones in Intune their eSIMs and the private-network profile, although the call that creates it is not answered. */
class IntuneProfileNightTest extends NightTest {
    private static final int PHONES = 12;
    private static final String GROUP = "5d2f1c3a-0000-4f0e-a1b2-1c2d3e4f5a6b";
    private static final String PROFILES = "/deviceConfigurations";
    private static final PhoneFleet FLEET = PhoneFleet.of(PHONES, 7);
    private static final Simulation SIMULATION = Simulation.start(FLEET);
    private static final IntuneSimulator INTUNE =
            IntuneSimulator.start(0, FLEET, SIMULATION.celona().smdp());

    @Autowired
    TestRestTemplate http;

    @LocalManagementPort
    int port;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        intuneSettings(registry, SIMULATION, INTUNE, SYNC);
        Map<String, Object> settings = new TreeMap<>(Map.of(
                "mdm.push", "command,profile",
                "mdm.intune.apple.group", GROUP,
                "mdm.profile.network-identifier", "1A2B3C4D5E6",
                "mdm.profile.geofences[0].id", "plant",
                "mdm.profile.geofences[0].latitude", "37.3894",
                "mdm.profile.geofences[0].longitude", "-121.9763",
                "mdm.profile.geofences[0].radius", "400"));
        settings.forEach((key, value) -> registry.add("connector.syncs." + SYNC + "." + key, () -> value));
        registry.add("connector.http.response-timeout", () -> "3s");
    }

    @AfterAll
    static void stop() {
        INTUNE.close();
        SIMULATION.close();
    }

    @Test
    void oneProfileIsMadeAndGivenToEveryPhone() {
        INTUNE.group(GROUP);
        Phone scanner = FLEET.phones().get(0);
        INTUNE.device(scanner).os("AndroidEnterprise");
        INTUNE.faults().once("POST", PROFILES, Fault.hangUpAfterProcessing());
        JsonNode preview = Objects.requireNonNull(
                http.getForObject("http://localhost:%d/actuator/profile/%s".formatted(port, SYNC), JsonNode.class));
        assertThat(INTUNE.log().of("POST", "/")).as("a preview calls nobody").isEmpty();

        Run run = night();

        assertThat(run.outcome()).as("%s", ledger()).isEqualTo(Run.Outcome.SUCCESS);
        List<String> phones = FLEET.phones().stream()
                .filter(phone -> phone != scanner)
                .map(phone -> INTUNE.device(phone).objectId())
                .toList();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(INTUNE.members(GROUP)).containsExactlyInAnyOrderElementsOf(phones));
        assertThat(ledger()).isEqualTo(Map.of("DONE DONE", (long) PHONES));
        assertThat(INTUNE.profiles()).singleElement().satisfies(profile -> {
            assertThat(profile.groups()).containsExactly(GROUP);
            assertThat(profile.mobileconfig())
                    .as("what the preview has shown")
                    .isEqualTo(preview.path("mobileconfig").asText())
                    .contains("1A2B3C4D5E6", "plant");
        });
        assertThat(preview.path("pushed").asBoolean()).isTrue();
        assertThat(preview.path("group").asText()).isEqualTo(GROUP);
        assertThat(preview.toString()).doesNotContain(INTUNE.settings().clientSecret() + "\"", Simulation.API_KEY);
        assertThat(INTUNE.log().count("PATCH", PROFILES)).isZero();
    }
}
