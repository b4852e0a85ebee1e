package io.celonamdm.settings.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.celona.OpCode;
import io.celonamdm.rings.Slow;
import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.SyncSettings;
import io.celonamdm.settings.mdm.MdmSettings.PushWay;
import io.celonamdm.settings.source.StartedSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The settings that are shipped as an example. */
@Slow
class ExampleSettingsTest {
    private static final Path EXAMPLE = Path.of("config", "application.yaml");
    private static final Map<String, Object> VARIABLES = Map.of(
            "JAMF_CLIENT_ID", "id",
            "JAMF_CLIENT_SECRET", "secret",
            "CELONA_API_KEY", "api-key");

    @TempDir
    Path folder = Path.of("");

    @Test
    void threeVariablesAreEnough() {
        SyncSettings sync = warehouse(StartedSettings.of(EXAMPLE, VARIABLES));

        assertThat(sync.timeZone()).isEqualTo(ZoneId.of("America/Los_Angeles"));
        assertThat(sync.mdm().clientSecret()).isEqualTo("secret");
        assertThat(sync.mdm().filter()).isEqualTo("groupName==\"Celona eSIM\"");
        assertThat(sync.mdm().push()).containsExactly(PushWay.COMMAND, PushWay.ATTRIBUTE);
        assertThat(sync.celona().apiKey()).isEqualTo("api-key");
        assertThat(sync.celona().opCode()).isEqualTo(OpCode.ACTIVATE_AND_DG_ASSIGN);
        assertThat(sync.deviceGroups()).singleElement().satisfies(rule -> {
            assertThat(rule.when().mdmGroup()).isEqualTo("Drivers");
            assertThat(rule.group()).isEqualTo("Field Crew");
        });
    }

    @Test
    void eachMissingVariableIsNamedWithItsKey() {
        assertThatThrownBy(() -> StartedSettings.of(EXAMPLE, Map.of()))
                .rootCause()
                .isInstanceOfSatisfying(
                        InvalidSettingsException.class,
                        e -> assertThat(e.report()).isEqualTo("""
                                The settings have 3 problems:

                                - connector.syncs.warehouse.celona.api-key = ******: the environment variable CELONA_API_KEY is not set (config/application.yaml, line %d)
                                - connector.syncs.warehouse.mdm.client-id = ${JAMF_CLIENT_ID}: the environment variable JAMF_CLIENT_ID is not set (config/application.yaml, line %d)
                                - connector.syncs.warehouse.mdm.client-secret = ******: the environment variable JAMF_CLIENT_SECRET is not set (config/application.yaml, line %d)""".formatted(
                                        line("api-key:"), line("client-id:"), line("client-secret:"))));
    }

    @Test
    void aKeyThatIsSwitchedOffShowsItsDefault() throws IOException {
        Path all = StartedSettings.write(folder, switchedOn());

        assertThat(StartedSettings.of(all, VARIABLES)).isEqualTo(StartedSettings.of(EXAMPLE, VARIABLES));
    }

    /** The number of the line that begins with a key. */
    private static int line(String key) {
        try {
            return Files.readAllLines(EXAMPLE).stream()
                            .map(String::strip)
                            .takeWhile(line -> !line.startsWith(key))
                            .toList()
                            .size()
                    + 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyKeyIsShown() throws IOException {
        Object shown = new Yaml().load(switchedOn());

        assertThat(keys("connector.", Setting.ROOT))
                .hasSizeGreaterThan(50)
                .filteredOn(key -> !shows(shown, key))
                .isEmpty();
    }

    private static boolean shows(Object yaml, String key) {
        Object place = yaml;
        for (String word : key.split("\\.", -1)) {
            if (!(place instanceof Map<?, ?> map) || !map.containsKey(word)) {
                return false;
            }
            place = map.get(word);
        }
        return true;
    }

    private static String switchedOn() throws IOException {
        return Files.readString(EXAMPLE).replaceAll("(?m)^( *)#(?=\\S)", "$1");
    }

    /** All keys without further ones below them; the entries of maps other than the syncs are left to the operator. */
    private static List<String> keys(String prefix, Setting group) {
        List<String> keys = new ArrayList<>();
        group.members().forEach((name, member) -> {
            if (name.equals("syncs")) {
                keys.addAll(keys(
                        prefix + "syncs.warehouse.",
                        new Setting(member.type().asMap().getGeneric(1), false)));
            } else if (member.isGroup()) {
                keys.addAll(keys(prefix + name + ".", member));
            } else {
                keys.add(prefix + name);
            }
        });
        return keys;
    }

    private static SyncSettings warehouse(ConnectorSettings settings) {
        return Objects.requireNonNull(settings.syncs().get("warehouse"));
    }
}
