package io.celonamdm.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.rings.Slow;
import io.celonamdm.settings.check.InvalidSettingsException;
import io.celonamdm.settings.source.StartedSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How many eSIMs a customer has, as a number or by what it bought. */
@Slow
class PoolSettingsTest {
    private static final String SYNC = """
            connector:
              syncs:
                warehouse:
                  schedule: "0 30 4 * * ?"
                  mdm: { platform: csv, folder: /srv/warehouse }
                  celona:
                    customer-id: "104242"
                    api-key: hush
            """;

    @TempDir
    Path folder = Path.of("");

    private int esims(String pool, Map<String, Object> variables, String... arguments) {
        Path file = StartedSettings.write(folder, SYNC + pool);
        return Objects.requireNonNull(
                        StartedSettings.of(file, variables, arguments).syncs().get("warehouse"))
                .celona()
                .pool()
                .esims();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                        | 0",
                "pool:                                     | 0",
                "pool: 500                                 | 500",
                "pool: \"500\"                             | 500",
                "pool: 0                                   | 0",
                "pool: { indoor: 3 }                       | 60",
                "pool: { outdoor: 2 }                      | 80",
                "pool: { indoor: 3, outdoor: 2, extra: 5 } | 145",
                "pool: { indoor: 1000000, outdoor: 1000000, extra: 1000000 } | 61000000",
            })
    void itIsANumberOrWhatThatIsMadeOf(String pool, int esims) {
        assertThat(esims(pool.isEmpty() ? "" : "        " + pool + "\n", Map.of()))
                .isEqualTo(esims);
    }

    @Test
    void aVariableOrAnArgumentSaysTheSame() {
        assertThat(esims("", Map.of("CONNECTOR_SYNCS_WAREHOUSE_CELONA_POOL", "500")))
                .isEqualTo(500);
        assertThat(esims("", Map.of("CONNECTOR_SYNCS_WAREHOUSE_CELONA_POOL_INDOOR", "3")))
                .isEqualTo(60);
        assertThat(esims("", Map.of(), "--connector.syncs.warehouse.celona.pool=7"))
                .isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "-1", "1.5", "2000000"})
    void anythingElseIsRefused(String pool) {
        refuses("pool: " + pool, "a number of eSIMs such as 500, or indoor, outdoor and extra below this key");
    }

    @Test
    void soAreItsParts() {
        refuses("pool: { indoor: -1 }", "celona.pool.indoor = -1: must be greater than or equal to 0");
        refuses("pool: { indoor: 1000001 }", "celona.pool.indoor = 1000001: must be less than or equal to 1000000");
        refuses("pool: [5]", "celona.pool: must be settings by name below this key, not a list");
        refuses("pool: { indoors: 1 }", "celona.pool.indoors: unknown key; did you mean");
    }

    private void refuses(String pool, String problem) {
        assertThatThrownBy(() -> esims("        " + pool + "\n", Map.of()))
                .rootCause()
                .isInstanceOfSatisfying(
                        InvalidSettingsException.class,
                        refused -> assertThat(refused.problems())
                                .anySatisfy(each -> assertThat(each).contains(problem)));
    }
}
