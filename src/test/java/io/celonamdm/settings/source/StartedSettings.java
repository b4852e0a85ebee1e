package io.celonamdm.settings.source;

import io.celonamdm.settings.ConnectorSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Starts an application that has nothing but settings, on 22 November 2026, with no environment but the given one. */
public final class StartedSettings {
    public static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T00:00:00Z"), ZoneOffset.UTC);

    static final String LEDGER_OPENED = "ledger opened";

    private StartedSettings() {}

    public static ConnectorSettings of(Path file, Map<String, Object> variables, String... arguments) {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(
                        Surroundings.class, SettingsConfiguration.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .environment(new OnlyThese(variables))
                .run(Stream.concat(Stream.of("--spring.config.location=file:" + file), Stream.of(arguments))
                        .toArray(String[]::new))) {
            return context.getBean(ConnectorSettings.class);
        }
    }

    public static Path write(Path folder, String yaml) {
        try {
            return Files.writeString(folder.resolve("settings.yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ImportAutoConfiguration(ConfigurationPropertiesAutoConfiguration.class)
    static class Surroundings {
        @Bean
        Clock clock() {
            return CLOCK;
        }

        /** Stands before the settings, as a ledger might, and must not be opened when they are bad. */
        @Bean
        Ledger ledger() {
            LoggerFactory.getLogger(Ledger.class).info(LEDGER_OPENED);
            return new Ledger();
        }
    }

    private static final class Ledger {}

    private static final class OnlyThese extends StandardEnvironment {
        OnlyThese(Map<String, Object> variables) {
            getPropertySources().addLast(new SystemEnvironmentPropertySource("systemEnvironment", variables));
        }

        @Override
        protected void customizePropertySources(MutablePropertySources sources) {
            // Neither the machine's environment nor its system properties.
        }
    }
}
