package io.celonamdm.settings;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** Names the entries of maps, whose names may hold characters that a key cannot. */
final class MapEntries {
    static final ConfigurationPropertyName SYNCS = ConfigurationPropertyName.of("connector.syncs");

    private MapEntries() {}

    static ConfigurationPropertyName entry(ConfigurationPropertyName map, String name) {
        boolean plain = !name.contains(".") && ConfigurationPropertyName.isValid(name);
        return map.append(plain ? name : "[" + name + "]");
    }
}
