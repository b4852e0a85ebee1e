package io.celonamdm.settings;

import java.time.Clock;
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
    static ConnectorSettings connectorSettings(ConfigurableEnvironment environment, Clock clock) {
        ConnectorSettings settings = new SettingsReader(clock).read(environment);
        if (settings.syncs().isEmpty()) {
            LOG.warn("No sync is configured below connector.syncs; nothing will run.");
        }
        return settings;
    }

    @Bean
    TriedRules triedRules(ConfigurableEnvironment environment, Clock clock) {
        return new TriedRules(environment, clock);
    }

    /** Reads the settings before anything else starts, so that bad ones leave database and network untouched. */
    @Bean
    static BeanFactoryPostProcessor settingsComeFirst() {
        return beans -> beans.getBean(ConnectorSettings.class);
    }
}
