package io.celonamdm.settings.source;

import io.celonamdm.settings.check.SettingsReader;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Settings for the beans of a test that starts nothing. */
public final class SettingsOfTests {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T00:00:00Z"), ZoneOffset.UTC);

    private SettingsOfTests() {}

    /** Settings in force, from properties that could be in a file. */
    public static SettingsInForce inForce(Map<String, Object> properties) {
        ConfigurableEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("properties", properties));
        return new SettingsInForce(
                new SettingsSources.Read(environment, List.of(), ""),
                new SettingsReader(CLOCK).read(environment, List.of()),
                CLOCK.instant());
    }
}
