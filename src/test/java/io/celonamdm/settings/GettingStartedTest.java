package io.celonamdm.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.rings.Slow;
import io.celonamdm.settings.source.StartedSettings;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.intune.IntuneSimulator;
import io.celonamdm.simulator.phone.PhoneFleet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/getting-started.md tells people to type works, at the simulators; the settings that it shows are accepted. */
@Slow
class GettingStartedTest {
    private static final Path DOC = Path.of("docs", "getting-started.md");
    private static final PhoneFleet FLEET = PhoneFleet.of(2, 21).inGroup("Celona eSIM");
    private static final Simulation SIMULATION = Simulation.start(FLEET);
    private static final IntuneSimulator INTUNE =
            IntuneSimulator.start(0, FLEET, SIMULATION.celona().smdp());

    @TempDir
    Path folder = Path.of("");

    @AfterAll
    static void stop() {
        INTUNE.close();
        SIMULATION.close();
    }

    private record Ended(int exitCode, String output) {}

    @Test
    void theKeyOfCelona() throws Exception {
        String command = commands("eid-status");

        assertThat(bash(command, Map.of()).output).startsWith("Celona answers 404");
        assertThat(bash(command, Map.of("CELONA_API_KEY", "wrong")).output).startsWith("Celona answers 403");
    }

    @Test
    void theClientOfJamf() throws Exception {
        String command = commands("mobile-devices/detail");

        Ended good = bash(command, Map.of());
        assertThat(good.output)
                .contains(
                        "commands may be seen: 200",
                        FLEET.phones().get(0).eid(),
                        FLEET.phones().get(1).eid());
        assertThat(bash("set -eo pipefail\n" + command, Map.of("JAMF_CLIENT_SECRET", "wrong")).exitCode)
                .isNotZero();
    }

    @Test
    void theAppOfIntune() throws Exception {
        String command = commands("managedDevices");

        assertThat(bash(command, Map.of()).output)
                .contains("\"esimIdentifier\"")
                .containsPattern(FLEET.phones().get(0).eid() + "|"
                        + FLEET.phones().get(1).eid());
        assertThat(bash("set -eo pipefail\n" + command, Map.of("INTUNE_CLIENT_SECRET", "wrong")).exitCode)
                .isNotZero();
    }

    /** Those of both platforms, and of the logins. */
    @Test
    void theSettings() throws Exception {
        List<String> settings = blocks("yaml");
        Map<String, Object> variables = new HashMap<>(variables());
        // the settings want what real tenants have, an address by https
        variables.put("JAMF_URL", "https://example.jamfcloud.com");
        variables.put("NIGHT_WATCH_HASH", "$2y$05$Q0lT2oGQ8nXv0O3mRr8p8uXGQ7m5yJxw0XkqkqJ1yq1yq1yq1yq1y");

        assertThat(settings).hasSize(3);
        for (String sync : settings.subList(0, 2)) {
            String whole = sync + settings.get(2).replaceFirst("connector:\n", "");
            assertThat(StartedSettings.of(StartedSettings.write(folder, whole), variables)
                            .syncs())
                    .containsOnlyKeys("warehouse");
        }
    }

    private static Map<String, String> variables() {
        return Map.ofEntries(
                Map.entry("CELONA_URL", SIMULATION.celona().url()),
                Map.entry("CELONA_CUSTOMER_ID", Simulation.CUSTOMER_ID),
                Map.entry("CELONA_API_KEY", Simulation.API_KEY),
                Map.entry("JAMF_URL", SIMULATION.jamf().url()),
                Map.entry("JAMF_CLIENT_ID", Simulation.CLIENT_ID),
                Map.entry("JAMF_CLIENT_SECRET", Simulation.CLIENT_SECRET),
                Map.entry("LOGIN_URL", INTUNE.url()),
                Map.entry("GRAPH_URL", INTUNE.url()),
                Map.entry("INTUNE_TENANT_ID", INTUNE.settings().tenantId()),
                Map.entry("INTUNE_CLIENT_ID", INTUNE.settings().clientId()),
                Map.entry("INTUNE_CLIENT_SECRET", INTUNE.settings().clientSecret()));
    }

    /** The block of commands in which a call is. */
    private static String commands(String call) throws IOException {
        return blocks("bash").stream()
                .filter(block -> block.contains(call))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("(?s)```" + language + "\n(.*?)```")
                .matcher(Files.readString(DOC))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static Ended bash(String commands, Map<String, String> others) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", commands).redirectErrorStream(true);
        builder.environment().putAll(variables());
        builder.environment().putAll(others);
        builder.environment()
                .keySet()
                .removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}
