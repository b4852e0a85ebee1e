package io.celonamdm.platform.jamf;

import io.celonamdm.json.Fields;
import io.celonamdm.settings.mdm.MdmSettings.AttributeSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Further fields of a device, for names and group rules: {@code building}, {@code department}, {@code site} (its id),
 * {@code realName}, {@code email}, {@code modelIdentifier}, {@code assetTag}, {@code udid}, and each extension
 * attribute by its name. They exclude values that change every night, because records are compared, and values that
 * this connector wrote.
 */
final class Attributes {
    private static final String NO_SITE = "-1";

    private final Set<String> own;

    Attributes(AttributeSettings own) {
        this.own = new HashSet<>(List.of(own.address(), own.state()));
    }

    Map<String, String> of(Fields device) {
        Map<String, String> attributes = new TreeMap<>();
        Fields general = device.object("general");
        Fields hardware = device.object("hardware");
        Fields user = device.object("userAndLocation");
        // the section lists those of "General"; others may be nested in the section that displays them
        for (Fields section : new Fields[] {general, hardware, user, device}) {
            section.list("extensionAttributes").forEach(attribute -> extension(attribute, attributes));
        }
        put(attributes, "building", user, "building");
        put(attributes, "department", user, "department");
        put(attributes, "realName", user, "realName");
        put(attributes, "email", user, "emailAddress");
        put(attributes, "modelIdentifier", hardware, "modelIdentifier");
        put(attributes, "assetTag", general, "assetTag");
        put(attributes, "udid", general, "udid");
        general.text("siteId").filter(site -> !site.equals(NO_SITE)).ifPresent(site -> attributes.put("site", site));
        return attributes;
    }

    private void extension(Fields attribute, Map<String, String> attributes) {
        String name = attribute.textOrEmpty("name");
        String value = String.join(", ", attribute.texts("value"));
        if (!name.isEmpty() && !value.isEmpty() && !own.contains(name)) {
            attributes.put(name, value);
        }
    }

    private static void put(Map<String, String> attributes, String name, Fields section, String field) {
        section.text(field).ifPresent(value -> attributes.put(name, value));
    }
}
