package io.celonamdm.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.plan.DeviceGroups;
import io.celonamdm.plan.DeviceName;
import io.celonamdm.plan.GroupRule;
import io.celonamdm.plan.When;
import io.celonamdm.rings.Slow;
import io.celonamdm.settings.source.StartedSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/rules.md. */
@Slow
class RulesDocTest {
    private static final String SYNC = """
            connector:
              syncs:
                warehouse:
                  schedule: "0 30 4 * * ?"
                  mdm: { platform: jamf, base-url: "https://example.jamfcloud.com", client-id: id, client-secret: hush }
                  celona: { customer-id: "104242", api-key: hush }
            """;
    private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");
    private static final Eid EID = Eid.of("89049032123451234512345678901235");

    @TempDir
    Path folder = Path.of("");

    @Test
    void everySettingIsAccepted() throws IOException {
        List<String> examples =
                YAML.matcher(doc()).results().map(found -> found.group(1)).toList();

        assertThat(examples)
                .hasSize(4)
                .allSatisfy(example -> assertThat(started(example)).isNotNull());
        assertThat(started(String.join("", examples)))
                .returns("attribute:Celona ICCID", SyncSettings::iccidFrom)
                .returns(40, SyncSettings::deviceNameMaxLength)
                .returns(2, sync -> sync.deviceGroups().size())
                .returns(2, sync -> sync.scope().include().size())
                .returns(
                        "IMEIMAPPING",
                        sync -> Objects.requireNonNull(
                                        sync.deviceGroups().get(0).simLock())
                                .policy());
    }

    @Test
    void everyPatternMatchesWhatItSays() throws IOException {
        List<List<String>> rows = table("pattern", "matches");

        assertThat(rows).hasSize(5).allSatisfy(row -> {
            assertThat(matches(row.get(0), row.get(1))).as("%s", row).isTrue();
            assertThat(matches(row.get(0), row.get(2))).as("%s", row).isFalse();
        });
    }

    @Test
    void everyTemplateGivesItsName() throws IOException {
        List<List<String>> rows = table("template", "name");

        assertThat(rows)
                .hasSize(7)
                .allSatisfy(row -> assertThat(new DeviceName(row.get(0), 64).of(device("Ann's phone"), EID))
                        .as(row.get(0))
                        .isEqualTo(row.get(1)));
    }

    private SyncSettings started(String rules) {
        return Objects.requireNonNull(
                StartedSettings.of(StartedSettings.write(folder, SYNC + rules.indent(6)), Map.of())
                        .syncs()
                        .get("warehouse"));
    }

    private static boolean matches(String pattern, String name) {
        When when = new When(null, null, pattern, null, null, null, null, null);
        return new DeviceGroups(List.of(new GroupRule(when, "x")), "hold")
                .of(device(name))
                .isPresent();
    }

    private static MdmDevice device(String name) {
        return MdmDevice.builder("17")
                .name(name)
                .serialNumber("F2LX12345678")
                .model("iPhone 15")
                .user("ann")
                .os("iOS")
                .groups(List.of("Drivers", "Staff"))
                .attributes(Map.of("Site", "Basel, CH"))
                .build();
    }

    /** The code in the cells of a table's rows. */
    private static List<List<String>> table(String... header) throws IOException {
        String start = "| " + String.join(" | ", header);
        return doc().lines()
                .dropWhile(line -> !line.startsWith(start))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(RulesDocTest::cells)
                .toList();
    }

    private static List<String> cells(String row) {
        return Stream.of(row.split("(?<!\\\\)\\|"))
                .map(cell -> cell.strip().replace("\\|", "|"))
                .filter(cell -> !cell.isEmpty())
                .map(cell -> cell.substring(1, cell.length() - 1))
                .toList();
    }

    private static String doc() throws IOException {
        return Files.readString(Path.of("docs", "rules.md"));
    }
}
