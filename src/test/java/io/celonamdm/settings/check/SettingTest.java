package io.celonamdm.settings.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** What is known of a setting by its key. */
class SettingTest {
    @ParameterizedTest(name = "{0} is a secret: {1}")
    @CsvSource({
        "connector.syncs.a.celona.api-key, true",
        "connector.syncs.a.celona.apiKey, true",
        "connector.syncs.a.mdm.options.oauth.password, true",
        "connector.syncs.a.mdm.options.password.of.it, true",
        "connector.syncs.a.mdm.options.region, false",
        "connector.traces.headers.Authorization, true",
        "connector.traces.headers.x.tenant, true",
        "connector.security.users.ann.password, true",
        "connector.notifications.chat.to, true",
        "connector.workers, false",
        "connector.api-key, false"
    })
    void isASecret(String key, boolean secret) {
        assertThat(Setting.isSecret(ConfigurationPropertyName.adapt(key, '.'))).isEqualTo(secret);
    }

    @Test
    void noHeaderOfTracesIsShown() {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("connector.traces.headers.authorization", "hush")));
        ConfigurationPropertyName key = ConfigurationPropertyName.of("connector.traces.headers.authorization");
        WrittenSettings written = new WrittenSettings(environment);

        assertThat(written.shown(key)).isEqualTo("******");
        assertThat(written.isSecret(key)).isTrue();
    }
}
