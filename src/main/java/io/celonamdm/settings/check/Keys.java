package io.celonamdm.settings.check;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** Keys of settings, some of which have names in them that a key cannot hold as they are. */
public final class Keys {
    /** That above all settings. */
    static final ConfigurationPropertyName CONNECTOR = ConfigurationPropertyName.of("connector");

    /** That above the syncs. */
    public static final ConfigurationPropertyName SYNCS = CONNECTOR.append("syncs");

    private Keys() {}

    static ConfigurationPropertyName entry(ConfigurationPropertyName map, String name) {
        boolean plain = !name.contains(".") && ConfigurationPropertyName.isValid(name);
        return map.append(plain ? name : "[" + name + "]");
    }
}
