package io.celonamdm.settings.check;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/** Keys of settings; some names in them need brackets. */
public final class Keys {
    /** The parent of all settings. */
    static final ConfigurationPropertyName CONNECTOR = ConfigurationPropertyName.of("connector");

    /** The parent of all syncs. */
    public static final ConfigurationPropertyName SYNCS = CONNECTOR.append("syncs");

    private Keys() {}

    /** The name of the sync that a key belongs to; null if it belongs to none. */
    public static @Nullable String sync(ConfigurationPropertyName key) {
        return SYNCS.isAncestorOf(key) ? key.getElement(SYNCS.getNumberOfElements(), Form.ORIGINAL) : null;
    }

    static ConfigurationPropertyName entry(ConfigurationPropertyName map, String name) {
        boolean plain = !name.contains(".") && ConfigurationPropertyName.isValid(name);
        return map.append(plain ? name : "[" + name + "]");
    }
}
