package io.celonamdm.platform.apple;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.w3c.dom.Element;

/**
 * What Apple publishes of payloads (github.com/apple/device-management, mdm/profiles, at 0a4527c, OS 27): keys, types,
 * whether they are required, and ranges. It shares nothing with the product.
 */
final class AppleSchema {
    private static final Map<String, Key> COMMON = Map.of(
            "PayloadType", Key.required("string"),
            "PayloadVersion", Key.required("integer"),
            "PayloadUUID", Key.required("string"),
            "PayloadIdentifier", Key.required("string"),
            "PayloadDisplayName", Key.optional("string"),
            "PayloadDescription", Key.optional("string"),
            "PayloadOrganization", Key.optional("string"));

    private static final Map<String, Key> TOP = Map.of("PayloadContent", Key.required("array"));

    private static final Map<String, Map<String, Key>> PAYLOADS = Map.of(
            "com.apple.cellularprivatenetwork.managed",
            Map.of(
                    "Geofences", Key.optional("array"),
                    "DataSetName", Key.required("string"),
                    "VersionNumber", Key.required("string"),
                    "CellularDataPreferred", Key.optional("boolean"),
                    "EnableNRStandalone", Key.optional("boolean"),
                    "NetworkIdentifier", Key.optional("string"),
                    "CsgNetworkIdentifier", Key.optional("string")),
            "com.apple.applicationaccess",
            Map.of(
                    "forcePreserveESIMOnErase", Key.optional("boolean"),
                    "allowESIMModification", Key.optional("boolean"),
                    "allowESIMOutgoingTransfers", Key.optional("boolean")));

    private static final Map<String, Key> GEOFENCE = Map.of(
            "Longitude", new Key("real", true, -180, 180),
            "Latitude", new Key("real", true, -90, 90),
            "Radius", new Key("real", true, 100, 6500),
            "GeofenceId", Key.required("string"));

    private static final int MOST_GEOFENCES = 1000;

    private AppleSchema() {}

    private record Key(String type, boolean required, double least, double most) {
        static Key required(String type) {
            return new Key(type, true, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        }

        static Key optional(String type) {
            return new Key(type, false, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
    }

    /** Fails for a profile that Apple's schema does not take. */
    static void assertTakes(String mobileconfig) throws Exception {
        Element plist = Xml.parse(mobileconfig).getDocumentElement();
        assertThat(plist.getTagName()).isEqualTo("plist");
        assertThat(plist.getAttribute("version")).isEqualTo("1.0");
        assertThat(Xml.children(plist)).hasSize(1);
        Element profile = Xml.children(plist).get(0);
        assertDictionary(profile, TOP, true);
        assertThat(text(profile, "PayloadType")).isEqualTo("Configuration");
        Set<String> uuids = new HashSet<>(Set.of(text(profile, "PayloadUUID")));
        Set<String> identifiers = new HashSet<>(Set.of(text(profile, "PayloadIdentifier")));
        for (Element payload : Xml.children(value(profile, "PayloadContent"))) {
            String type = text(payload, "PayloadType");
            assertThat(PAYLOADS).containsKey(type);
            assertDictionary(payload, Objects.requireNonNull(PAYLOADS.get(type)), true);
            assertThat(uuids.add(text(payload, "PayloadUUID")))
                    .as("UUIDs differ")
                    .isTrue();
            assertThat(identifiers.add(text(payload, "PayloadIdentifier")))
                    .as("identifiers differ")
                    .isTrue();
            assertGeofences(payload);
        }
    }

    private static void assertGeofences(Element payload) {
        Set<String> ids = new HashSet<>();
        List<Element> fences =
                keys(payload).contains("Geofences") ? Xml.children(value(payload, "Geofences")) : List.of();
        assertThat(fences).hasSizeLessThanOrEqualTo(MOST_GEOFENCES);
        for (Element fence : fences) {
            assertDictionary(fence, GEOFENCE, false);
            assertThat(ids.add(text(fence, "GeofenceId"))).as("ids differ").isTrue();
        }
    }

    private static void assertDictionary(Element dictionary, Map<String, Key> own, boolean payload) {
        assertThat(dictionary.getTagName()).isEqualTo("dict");
        Set<String> present = new HashSet<>(keys(dictionary));
        assertThat(keys(dictionary)).doesNotHaveDuplicates();
        for (Map<String, Key> known : payload ? List.of(own, COMMON) : List.of(own)) {
            known.forEach((name, key) -> {
                if (present.remove(name)) {
                    assertValue(name, value(dictionary, name), key);
                } else {
                    assertThat(key.required()).as(name + " is required").isFalse();
                }
            });
        }
        assertThat(present).as("keys that Apple does not know").isEmpty();
    }

    private static void assertValue(String name, Element value, Key key) {
        String type = Set.of("true", "false").contains(value.getTagName()) ? "boolean" : value.getTagName();
        assertThat(type).as(name).isEqualTo(key.type());
        if (type.equals("real")) {
            assertThat(new BigDecimal(value.getTextContent()).doubleValue())
                    .as(name)
                    .isBetween(key.least(), key.most());
        } else if (type.equals("string") && key.required()) {
            assertThat(value.getTextContent()).as(name).isNotBlank();
        }
    }

    private static List<String> keys(Element dictionary) {
        return Xml.children(dictionary).stream()
                .filter(element -> element.getTagName().equals("key"))
                .map(Element::getTextContent)
                .toList();
    }

    private static String text(Element dictionary, String key) {
        return value(dictionary, key).getTextContent();
    }

    /** Keys and values take turns. */
    private static Element value(Element dictionary, String key) {
        List<Element> elements = Xml.children(dictionary);
        return elements.get(2 * keys(dictionary).indexOf(key) + 1);
    }
}
