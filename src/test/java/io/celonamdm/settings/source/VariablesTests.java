package io.celonamdm.settings.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.rings.Slow;
import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.check.InvalidSettingsException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Settings in environment variables, and in arguments, whose names have other letters than the files'. */
@ExtendWith(OutputCaptureExtension.class)
@Slow
class VariablesTests {
    private static final String YAML = """
            connector:
              security:
                users:
                  night-watch: { password: "$2y$10$abcdefghijklmnopqrstuuI0x1WQ3wJ9Cz1rOkFw3vHqVJp0mDpZK", role: viewer }
              syncs:
                store-reno:
                  schedule: "0 30 4 * * ?"
                  mdm:
                    platform: csv
                    folder: in
                  celona:
                    customer-id: "104242"
                    api-key: hush
            """;

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONNECTOR_SYNCS_STORERENO_CELONA_APIKEY",
                "CONNECTOR_SYNCS_STORE_RENO_CELONA_API_KEY",
                "connector_syncs_storereno_celona_apikey",
                "connector.syncs.store-reno.celona.api-key"
            })
    void aVariableIsForTheSyncOfTheFileAndMakesNoOther(String name) {
        ConnectorSettings settings = start(Map.of(name, "from-outside"));

        assertThat(settings.syncs()).containsOnlyKeys("store-reno");
        assertThat(Objects.requireNonNull(settings.syncs().get("store-reno"))
                        .celona()
                        .apiKey())
                .isEqualTo("from-outside");
    }

    @ParameterizedTest
    @ValueSource(strings = {"storeReno.paused", "store_reno.paused", "storereno.paused", "STORE-RENO.paused"})
    void anArgumentIsForTheSyncOfTheFileAndMakesNoOther(String key) {
        ConnectorSettings settings = start(Map.of(), "--connector.syncs." + key + "=true");

        assertThat(settings.syncs()).containsOnlyKeys("store-reno");
        assertThat(Objects.requireNonNull(settings.syncs().get("store-reno")).paused())
                .isTrue();
    }

    @Test
    void aVariableIsForTheUserOfTheFileAndMakesNoOther() {
        assertThat(start(Map.of("CONNECTOR_SECURITY_USERS_NIGHTWATCH_ROLE", "operator"))
                        .security()
                        .users())
                .containsOnlyKeys("night-watch");
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECTOR_WORKRES, did you mean CONNECTOR_WORKERS?",
        "connector.workres, did you mean CONNECTOR_WORKERS?",
        "CONNECTOR_SYNC_STORERENO_PAUSED, did you mean CONNECTOR_SYNCS?",
        "CONNECTOR_SYNCS_STORERENO_CELONA_APIKEYX, did you mean CONNECTOR_SYNCS_STORERENO_CELONA_APIKEY?",
        "CONNECTOR_SYNCS_STORE_RENO_CELONA_API_KEYX, did you mean CONNECTOR_SYNCS_STORERENO_CELONA_APIKEY?",
        "CONNECTOR_SYNCS_STORERENO_MDM_CLIENT_SECRETT, did you mean CONNECTOR_SYNCS_STORERENO_MDM_CLIENTSECRET?",
        "CONNECTOR_SYNCS_STORERENO_CELONA_API_KEY, write it CONNECTOR_SYNCS_STORERENO_CELONA_APIKEY",
        "CONNECTOR_SYNCS_STORE_RENO_CELONA_APIKEY, write it CONNECTOR_SYNCS_STORERENO_CELONA_APIKEY",
        "CONNECTOR_SYNCS_STORE_RENNO_PAUSED, nobody reads the variable",
        "CONNECTOR_SYNCS_STORERENO_MDM_PUSH_FIRST, nobody reads the variable",
        "CONNECTOR_SYNCS_STORERENO_DEVICEGROUPS_0_GRUPP, did you mean CONNECTOR_SYNCS_STORERENO_DEVICEGROUPS_0_GROUP?",
        "CONNECTOR_SECURITY_USERS_NIGHT_WATCH_ROL, did you mean CONNECTOR_SECURITY_USERS_NIGHTWATCH_ROLE?",
        "CONNECTOR_HTTP_HOSTS_API_CELONA_IO_PROXY, nobody reads the variable",
    })
    void aVariableThatNobodyReadsIsNamed(String name, String hint, CapturedOutput output) {
        assertThatThrownBy(() -> start(Map.of(name, "hush"))).hasRootCauseInstanceOf(InvalidSettingsException.class);

        assertThat(output.getOut())
                .contains("- " + name + ": ", hint)
                .doesNotContain("hush")
                .doesNotContain(StartedSettings.LEDGER_OPENED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONNECTOR_WORKERS=3",
                "CONNECTOR_SYNCS_STORERENO_MDM_PUSH=attribute",
                "CONNECTOR_SYNCS_STORERENO_MDM_PUSH_0=attribute",
                "CONNECTOR_SYNCS_STORERENO_MDM_OPTIONS_SHARED_KEY=x",
                "CONNECTOR_SYNCS_STORERENO_CELONA_COLUMNS_ACTIVATE=iccid",
                "CONNECTOR_SYNCS_STORERENO_SCOPE_EXCLUDE_0_OS=Android",
                "CONNECTOR_SYNCS_STORERENO_CELONA_POOL_INDOOR=3",
                "CONNECTOR_SYNCS_STORERENO_CELONA_POOL=300",
                "CONNECTOR_SECURITY_USERS_NIGHT_WATCH_ROLE=viewer",
                "CONNECTOR_HTTP_HOSTS_LOCALHOST_CALLTIMEOUT=7s",
                // what Kubernetes sets beside services named connector, connector-http and connector-syncs
                "CONNECTOR_PORT=tcp://10.0.0.1:8081",
                "CONNECTOR_PORT_8081_TCP=tcp://10.0.0.1:8081",
                "CONNECTOR_PORT_8081_TCP_PROTO=tcp",
                "CONNECTOR_PORT_8081_TCP_PORT=8081",
                "CONNECTOR_PORT_8081_TCP_ADDR=10.0.0.1",
                "CONNECTOR_SERVICE_HOST=10.0.0.1",
                "CONNECTOR_SERVICE_PORT=8081",
                "CONNECTOR_SERVICE_PORT_MANAGEMENT=8081",
                "CONNECTOR_HTTP_PORT=tcp://10.0.0.1:8081",
                "CONNECTOR_HTTP_SERVICE_HOST=10.0.0.1",
                "CONNECTOR_SYNCS_SERVICE_HOST=10.0.0.1",
                "CONNECTOR_SYNCS_PORT_80_TCP_ADDR=10.0.0.1",
                "MDM_CONNECTOR_USER=demo"
            })
    void whatIsReadOrIsKubernetesOwnIsNotNamed(String variable, CapturedOutput output) {
        String[] parts = variable.split("=", 2);

        assertThat(start(Map.of(parts[0], parts[1])).syncs()).containsOnlyKeys("store-reno");
        assertThat(output.getOut()).doesNotContain(parts[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"${CONNECTOR_SYNCS_RENO_KEY}", "${CONNECTOR_SYNCS_RENO_KEY:none}"})
    void aVariableThatAFileRefersToHasAnyName(String value) {
        ConnectorSettings settings = StartedSettings.of(
                StartedSettings.write(folder, YAML.replace("api-key: hush", "api-key: " + value)),
                Map.of("CONNECTOR_SYNCS_RENO_KEY", "from-outside"));

        assertThat(settings.syncs()).containsOnlyKeys("store-reno");
        assertThat(Objects.requireNonNull(settings.syncs().get("store-reno"))
                        .celona()
                        .apiKey())
                .isEqualTo("from-outside");
    }

    @Test
    void aVariableThatMayBeAnotherProgramsIsAWarning(CapturedOutput output) {
        start(Map.of("CONNECTOR_FLAVOUR", "hush"));

        assertThat(output.getOut())
                .contains("WARN", "CONNECTOR_FLAVOUR: no setting has this name, so nobody reads the variable")
                .doesNotContain("hush");
    }

    private ConnectorSettings start(Map<String, Object> variables, String... arguments) {
        return StartedSettings.of(StartedSettings.write(folder, YAML), variables, arguments);
    }
}
