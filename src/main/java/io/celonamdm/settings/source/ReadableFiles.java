package io.celonamdm.settings.source;

import io.celonamdm.settings.check.InvalidSettingsException;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Hides unreadable files from Spring, which would end the start before there is a log, without naming the file. The
 * start is refused later, when the settings are read.
 */
class ReadableFiles implements EnvironmentPostProcessor, Ordered {
    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        try {
            ConfigFiles.addTo(
                    SettingsSources.copy(
                            environment.getPropertySources().stream().toList()),
                    application.getAdditionalProfiles().toArray(String[]::new));
        } catch (InvalidSettingsException e) {
            environment.getPropertySources().addFirst(new Unreadable(e));
        }
    }

    /** Before Spring reads them. */
    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER - 1;
    }

    /** Stands in for the files. */
    static final class Unreadable extends MapPropertySource {
        private final InvalidSettingsException reason;

        private Unreadable(InvalidSettingsException reason) {
            super(
                    "unreadable files",
                    Map.of(
                            "spring.config.location",
                            "classpath:/application.yaml",
                            "spring.config.additional-location",
                            "",
                            "spring.config.import",
                            ""));
            this.reason = reason;
        }

        InvalidSettingsException reason() {
            return reason;
        }
    }
}
