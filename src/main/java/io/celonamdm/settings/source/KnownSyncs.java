package io.celonamdm.settings.source;

import io.celonamdm.settings.check.InvalidSettingsException;
import io.celonamdm.settings.check.Keys;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.ConfigurableEnvironment;

/** Finds the syncs in the settings before these are checked and bound. */
public final class KnownSyncs {
    private KnownSyncs() {}

    /**
     * Whether {@code application.yaml} or the folder of syncs has a sync of this name.
     *
     * @param environment the environment at the process's start
     * @param name any text
     */
    public static boolean has(ConfigurableEnvironment environment, String name) {
        String key = Keys.SYNCS + "." + name;
        try {
            return ConfigurationPropertyName.isValid(key)
                    && Binder.get(new SettingsSources(environment).first().environment())
                            .bind(key, Bindable.mapOf(String.class, Object.class))
                            .isBound();
        } catch (InvalidSettingsException e) {
            // the start is about to be refused for this
            return false;
        }
    }
}
