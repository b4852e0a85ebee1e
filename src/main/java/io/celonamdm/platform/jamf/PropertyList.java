package io.celonamdm.platform.jamf;

import io.celonamdm.settings.MdmSettings.ProfileSettings;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * Apple's property list of the profile, with the one payload {@code com.apple.cellularprivatenetwork.managed} (iOS 17
 * and later; Apple's schema of that payload).
 */
final class PropertyList {
    private static final String PAYLOAD = "com.apple.cellularprivatenetwork.managed";

    private PropertyList() {}

    /**
     * The identity of the profile on a device. Jamf Pro replaces it when the profile is created; an update that does
     * not keep it leaves the old profile on the devices.
     *
     * @param uuid the profile's {@code PayloadUUID}
     * @param identifier the profile's {@code PayloadIdentifier}
     */
    record Identity(String uuid, String identifier) {
        /** The property list of a new profile. */
        static Identity of(String sync) {
            return new Identity(uuidOf(sync), "io.celonamdm." + sync);
        }
    }

    static String write(ProfileSettings settings, String sync, Identity identity) {
        Element plist = Xml.root("plist");
        plist.setAttribute("version", "1.0");
        Element payload = Xml.add(plist.getOwnerDocument().createElement("array"), "dict");
        put(
                payload,
                common(
                        PAYLOAD,
                        settings.name(),
                        new Identity(uuidOf(sync + PAYLOAD), "io.celonamdm." + sync + "." + PAYLOAD)));
        put(payload, content(settings));
        Element profile = Xml.add(plist, "dict");
        put(profile, common("Configuration", settings.name(), identity));
        Xml.add(profile, "key", "PayloadContent");
        profile.appendChild(payload.getParentNode());
        return Xml.write(plist, "-//Apple//DTD PLIST 1.0//EN", "http://www.apple.com/DTDs/PropertyList-1.0.dtd");
    }

    /** The identity in a property list that Jamf Pro shows; empty if it is unreadable, as a signed one is. */
    static Optional<Identity> identity(String text) {
        try {
            Element profile =
                    Xml.child(Xml.parse(text).getDocumentElement(), "dict").orElse(null);
            if (profile == null) {
                return Optional.empty();
            }
            return value(profile, "PayloadUUID")
                    .flatMap(uuid -> value(profile, "PayloadIdentifier").map(id -> new Identity(uuid, id)));
        } catch (SAXException e) {
            return Optional.empty();
        }
    }

    private static Map<String, Object> common(String type, String name, Identity identity) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("PayloadType", type);
        keys.put("PayloadVersion", 1);
        keys.put("PayloadUUID", identity.uuid());
        keys.put("PayloadIdentifier", identity.identifier());
        keys.put("PayloadDisplayName", name);
        return keys;
    }

    private static Map<String, Object> content(ProfileSettings settings) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("DataSetName", settings.dataSetName());
        keys.put("VersionNumber", settings.versionNumber());
        keys.put("CellularDataPreferred", settings.cellularDataPreferred());
        keys.put("EnableNRStandalone", settings.enableNrStandalone());
        keys.put("NetworkIdentifier", settings.networkIdentifier());
        keys.put("CsgNetworkIdentifier", settings.csgNetworkIdentifier());
        keys.values().removeIf(""::equals);
        return keys;
    }

    private static void put(Element dictionary, Map<String, Object> keys) {
        keys.forEach((key, value) -> {
            Xml.add(dictionary, "key", key);
            if (value instanceof Boolean) {
                Xml.add(dictionary, value.toString());
            } else {
                Xml.add(dictionary, value instanceof Integer ? "integer" : "string", value.toString());
            }
        });
    }

    private static Optional<String> value(Element dictionary, String key) {
        List<Element> elements = Xml.children(dictionary);
        for (int i = 0; i + 1 < elements.size(); i++) {
            if (elements.get(i).getTagName().equals("key")
                    && elements.get(i).getTextContent().equals(key)) {
                return Optional.of(elements.get(i + 1).getTextContent().strip()).filter(text -> !text.isEmpty());
            }
        }
        return Optional.empty();
    }

    private static String uuidOf(String seed) {
        return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8))
                .toString()
                .toUpperCase(Locale.ROOT);
    }
}
