package io.celonamdm.settings.source;

import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.check.Doubts;
import io.celonamdm.settings.check.Problem;
import io.celonamdm.settings.check.ServerRules;
import io.celonamdm.settings.check.SettingsReader;
import io.celonamdm.settings.check.VariableNames;
import io.celonamdm.settings.source.SettingsSources.Read;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** Provides the settings. */
@Configuration(proxyBeanMethods = false)
class SettingsConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsConfiguration.class);

    @Bean
    static SettingsInForce settingsInForce(ConfigurableEnvironment environment, Clock clock) {
        Read read = new SettingsSources(environment).first();
        List<Problem> problems = new ArrayList<>(read.problems());
        List<Problem> doubts = new ArrayList<>();
        problems.addAll(ServerRules.problems(read.environment(), doubts::add));
        problems.addAll(VariableNames.problems(read.environment(), doubts::add));
        ConnectorSettings settings = new SettingsReader(clock).read(read.environment(), problems);
        if (settings.syncs().isEmpty()) {
            LOG.warn(
                    "No sync is configured below connector.syncs, nor in {}; nothing will run.",
                    settings.syncsFolder());
        }
        doubts.forEach(doubt -> LOG.warn("{}", doubt));
        Doubts.about(settings).forEach(LOG::warn);
        return new SettingsInForce(read, settings, clock.instant());
    }

    /** The settings at the start; those of syncs may have changed since. */
    @Bean
    static ConnectorSettings connectorSettings(SettingsInForce inForce) {
        return inForce.settings();
    }

    /** Reads the settings before anything else starts: invalid ones never touch database or network. */
    @Bean
    static BeanFactoryPostProcessor settingsComeFirst() {
        return beans -> beans.getBean(ConnectorSettings.class);
    }
}
