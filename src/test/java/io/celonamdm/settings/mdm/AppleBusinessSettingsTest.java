package io.celonamdm.settings.mdm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.rings.Slow;
import io.celonamdm.settings.check.InvalidSettingsException;
import io.celonamdm.settings.source.StartedSettings;
import io.celonamdm.simulator.apple.ApiAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the start says about an API account of Apple Business Manager. */
@Slow
class AppleBusinessSettingsTest {
    private static final String SYNC = """
            connector:
              syncs:
                warehouse:
                  schedule: "0 30 4 * * ?"
                  celona:
                    customer-id: "104242"
                    api-key: hush
                  mdm:
            """;
    private static final String ACCOUNT = """
                    apple-business:
                      server: Intune
                      client-id: BUSINESSAPI.9703f56c
                      key-id: d136aa66
            """;
    private static final String PLATFORM = "        platform: apple-business\n";
    private static final String ENRICHED =
            "        platform: csv\n        folder: /srv/yard\n        enrich: { apple-business: true }\n";

    private final String pem = new ApiAccount().pem();

    @TempDir
    Path folder = Path.of("");

    private MdmSettings start(String mdm, Map<String, Object> variables) {
        Path file = StartedSettings.write(folder, SYNC + mdm);
        return Objects.requireNonNull(
                        StartedSettings.of(file, variables).syncs().get("warehouse"))
                .mdm();
    }

    private void refuses(String mdm, Map<String, Object> variables, String... problems) {
        assertThatThrownBy(() -> start(mdm, variables))
                .rootCause()
                .isInstanceOfSatisfying(InvalidSettingsException.class, refused -> {
                    for (String problem : problems) {
                        assertThat(refused.problems())
                                .anySatisfy(each -> assertThat(each).contains(problem));
                    }
                    assertThat(String.valueOf(refused.problems())).doesNotContain("hush");
                });
    }

    @Test
    void aFileOrAVariableHasTheKey() throws IOException {
        Path key = Files.writeString(folder.resolve("key.pem"), pem);

        assertThat(start(PLATFORM + ACCOUNT + "          private-key-file: " + key + "\n", Map.of())
                        .appleBusiness()
                        .issuer())
                .isEqualTo("BUSINESSAPI.9703f56c");
        MdmSettings mdm =
                start(ENRICHED + ACCOUNT, Map.of("CONNECTOR_SYNCS_WAREHOUSE_MDM_APPLEBUSINESS_PRIVATEKEY", pem));
        assertThat(mdm.appleBusiness().privateKey()).isEqualTo(pem);
        assertThat(mdm).asString().doesNotContain("BEGIN");
    }

    @Test
    void whatIsMissingIsNamed() {
        refuses(
                PLATFORM,
                Map.of(),
                "mdm.apple-business.server: missing",
                "mdm.apple-business.client-id: missing",
                "mdm.apple-business.key-id: missing",
                "mdm.apple-business.private-key-file: missing");
        refuses(
                ENRICHED.replace("true", "true, key: name"),
                Map.of(),
                "mdm.enrich.key = name: must be serial-number",
                "mdm.apple-business.client-id: missing");
    }

    @Test
    void aKeyThatCannotSignIsNamedByItsSetting() throws IOException {
        String file = ACCOUNT + "          private-key-file: ";
        refuses(PLATFORM + file + "/no/such/key.pem\n", Map.of(), "private-key-file = /no/such/key.pem: is no file");
        Path other = Files.writeString(folder.resolve("other.pem"), "hush");
        refuses(PLATFORM + file + other + "\n", Map.of(), "private-key-file = " + other + ": has no -----BEGIN");
        refuses(
                PLATFORM + ACCOUNT + "          private-key: hush-hush\n",
                Map.of(),
                "mdm.apple-business.private-key = ******: has no");
        refuses(
                PLATFORM + file + other + "\n          private-key: hush-hush\n",
                Map.of(),
                "private-key-file = " + other + ": must be set alone");
    }
}
