package io.celonamdm.settings.check;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** Keys of settings; some names in them need brackets. */
public final class Keys {
    /** The parent of all settings. */
    static final ConfigurationPropertyName CONNECTOR = ConfigurationPropertyName.of("connector");

    /** The parent of all syncs. */
    public static final ConfigurationPropertyName SYNCS = CONNECTOR.append("syncs");

    private Keys() {}

    static ConfigurationPropertyName entry(ConfigurationPropertyName map, String name) {
        boolean plain = !name.contains(".") && ConfigurationPropertyName.isValid(name);
        return map.append(plain ? name : "[" + name + "]");
    }
}
