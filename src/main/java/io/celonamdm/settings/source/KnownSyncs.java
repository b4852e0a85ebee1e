package io.celonamdm.settings.source;

import io.celonamdm.settings.check.InvalidSettingsException;
import io.celonamdm.settings.check.Keys;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.ConfigurableEnvironment;

/** Which syncs the settings have, before the settings are checked and bound. */
public final class KnownSyncs {
    private KnownSyncs() {}

    /**
     * Whether a sync of this name is written in the settings, in {@code application.yaml} or in the folder of syncs.
     *
     * @param environment what the process was started with
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
            // the start is refused for it in a moment
            return false;
        }
    }
}
