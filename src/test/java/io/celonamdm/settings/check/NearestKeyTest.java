package io.celonamdm.settings.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** What an unknown key is taken for. */
class NearestKeyTest {
    @ParameterizedTest(name = "{0} is taken for {1}")
    @CsvSource({
        "connector.worker, connector.workers",
        "connector.sync.a.schedule, connector.syncs",
        "connector.syncs.a.shcedule, connector.syncs.a.schedule",
        "connector.syncs.a.mdm.clientt_id, connector.syncs.a.mdm.client-id",
        "connector.syncs.a.mdm.url, connector.syncs.a.mdm.base-url",
        "connector.syncs.a.api-key, connector.syncs.a.celona.api-key",
        "connector.syncs.a.mdm.batch-size, connector.syncs.a.celona.batch-size",
        "connector.syncs.a.celona.pol.max, connector.syncs.a.celona.poll",
        "connector.syncs.a.celona.retry.deadlin, connector.syncs.a.retry",
        "connector.syncs.a.device-groups[0].grupp, connector.syncs.a.device-groups[0].group",
        "connector.http.hosts.[api.example.com].proxi, connector.http.hosts[api.example.com].proxy",
        "connector.syncs.a.weather, "
    })
    void isNear(String written, @Nullable String nearest) {
        ConfigurationPropertyName key = ConfigurationPropertyName.adapt(written, '.');

        assertThat(Setting.at(key)).isEmpty();
        assertThat(NearestKey.to(key).map(ConfigurationPropertyName::toString).orElse(null))
                .isEqualTo(nearest);
    }

    @ParameterizedTest
    @CsvSource({
        "connector.workSlice",
        "connector.syncs.a.mdm.push[0]",
        "connector.syncs.a.mdm.options.any.thing",
        "connector.syncs.a.celona.columns.ACTIVATE[1]",
        "connector.syncs.a.device-groups[0].when.mdm_group"
    })
    void isKnown(String written) {
        assertThat(Setting.at(ConfigurationPropertyName.adapt(written, '.'))).isPresent();
    }
}
