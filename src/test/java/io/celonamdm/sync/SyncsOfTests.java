package io.celonamdm.sync;

import io.celonamdm.settings.source.SettingsOfTests;
import java.util.Map;
import java.util.TreeMap;

/** Syncs for the beans of a test that starts nothing. */
public final class SyncsOfTests {
    private SyncsOfTests() {}

    /** One sync, of an MDM without calls. */
    public static Syncs named(String name) {
        Map<String, Object> properties = new TreeMap<>();
        Map.of(
                        "schedule", "0 30 4 * * ?",
                        "mdm.platform", "csv",
                        "mdm.folder", "exports",
                        "celona.customer-id", "104242",
                        "celona.api-key", "key")
                .forEach((key, value) -> properties.put("connector.syncs." + name + "." + key, value));
        return new Syncs(SettingsOfTests.inForce(properties), "");
    }
}
