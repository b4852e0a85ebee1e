package io.celonamdm.settings.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.rings.Slow;
import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.source.StartedSettings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Secrets do not leave the settings as text. */
@Slow
class SecretsTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void noSettingsAsTextHoldASecret() {
        ConnectorSettings settings = StartedSettings.of(
                Path.of("config", "application.yaml"),
                Map.of("JAMF_CLIENT_ID", "visible", "JAMF_CLIENT_SECRET", "hush-1", "CELONA_API_KEY", "hush-2"),
                "--connector.syncs.warehouse.mdm.options.adminPassword=hush-3",
                "--connector.syncs.warehouse.mdm.options.region=eu",
                "--connector.traces.headers.Authorization=hush-4");

        assertThat(settings.toString())
                .doesNotContain("hush")
                .contains("clientId=visible, clientSecret=******")
                .contains("apiKey=******")
                .contains("options={adminPassword=******, region=eu}");
        assertThat(Secrets.valuesIn(settings)).containsExactlyInAnyOrder("hush-1", "hush-2", "hush-3", "hush-4");
    }

    @ParameterizedTest(name = "{0} holds a secret: {1}")
    @CsvSource({
        "api-key, true",
        "oauth.clientSecret, true",
        "TOKEN, true",
        "db_password, true",
        "region, false",
        "page-size, false"
    })
    void theNameOfAnOptionTellsWhetherItIsASecret(String name, boolean secret) {
        assertThat(Secrets.isSecretName(name)).isEqualTo(secret);
    }

    @Test
    void aValueIsShownOnOneLineAndWithoutTheUserOfAnAddress() {
        assertThat(Secrets.shown("http://user:word@proxy.example:1\nnext", false))
                .isEqualTo("http://******@proxy.example:1\\nnext");
    }
}
