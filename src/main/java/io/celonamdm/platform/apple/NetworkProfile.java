package io.celonamdm.platform.apple;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.files.FileTrouble;
import io.celonamdm.http.Failure;
import io.celonamdm.http.Failure.Kind;
import io.celonamdm.http.KnownFailure;
import io.celonamdm.settings.mdm.Geofence;
import io.celonamdm.settings.mdm.ProfileSettings;
import io.celonamdm.settings.mdm.ProfileSettings.RestrictionSettings;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.xml.transform.OutputKeys;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * The configuration profile with Apple's settings of a private network: the payload {@code
 * com.apple.cellularprivatenetwork.managed} (iOS 17 and later), and, if any is set, restrictions that keep an eSIM on a
 * supervised device ({@code com.apple.applicationaccess}). Keys, types and ranges are those of Apple's schema
 * (github.com/apple/device-management, mdm/profiles).
 */
public final class NetworkProfile {
    private static final String NETWORK = "com.apple.cellularprivatenetwork.managed";
    private static final String RESTRICTIONS = "com.apple.applicationaccess";

    private static final Map<String, String> DOCUMENT_TYPE = Map.of(
            OutputKeys.DOCTYPE_PUBLIC, "-//Apple//DTD PLIST 1.0//EN",
            OutputKeys.DOCTYPE_SYSTEM, "http://www.apple.com/DTDs/PropertyList-1.0.dtd");

    private NetworkProfile() {}

    /**
     * The identity of the profile on a device. An update with another one leaves the old profile on the devices beside
     * the new one.
     *
     * @param uuid the profile's {@code PayloadUUID}
     * @param identifier the profile's {@code PayloadIdentifier}
     */
    public record Identity(String uuid, String identifier) {
        /** The identity of a sync's new profile. */
        public static Identity of(String sync) {
            return new Identity(uuidOf(sync), "io.celonamdm." + sync);
        }
    }

    /**
     * Writes the profile.
     *
     * @param settings what it says
     * @param sync the name of the sync that it belongs to
     * @param identity its identity on the devices
     * @return an XML property list, such as a {@code .mobileconfig} file holds
     * @throws KnownFailure with {@code PROFILE_INVALID} if the file of geofences has become unusable since the start
     */
    public static String write(ProfileSettings settings, String sync, Identity identity) {
        Map<String, String> indented = new HashMap<>(DOCUMENT_TYPE);
        indented.put(OutputKeys.INDENT, "yes");
        return Xml.write(plist(settings, sync, identity), indented);
    }

    /**
     * A mark of the settings that a profile is written from, such as {@code [content:0123456789abcdef]}: the profile in
     * the MDM carries it, and is written again once the settings have another one.
     *
     * @param target what else must be as it was
     */
    public static String contentMark(ProfileSettings settings, String sync, String target) {
        // without indentation, as in the marks of profiles that exist
        String text = Xml.write(plist(settings, sync, Identity.of(sync)), DOCUMENT_TYPE) + target;
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "[content:" + HexFormat.of().formatHex(digest, 0, 8) + "]";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Element plist(ProfileSettings settings, String sync, Identity identity) {
        Element plist = Xml.root("plist");
        plist.setAttribute("version", "1.0");
        Element profile = Xml.add(plist, "dict");
        put(profile, common("Configuration", settings.name(), identity));
        Xml.add(profile, "key", "PayloadContent");
        Element payloads = Xml.add(profile, "array");
        payload(payloads, NETWORK, settings, sync, network(settings, sync));
        Map<String, Object> restrictions = restrictions(settings.restrictions());
        if (!restrictions.isEmpty()) {
            payload(payloads, RESTRICTIONS, settings, sync, restrictions);
        }
        return plist;
    }

    /** The identity in a property list that an MDM shows; empty if it is unreadable, as a signed one is. */
    public static Optional<Identity> identity(String text) {
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

    private static void payload(
            Element payloads, String type, ProfileSettings settings, String sync, Map<String, Object> content) {
        Element payload = Xml.add(payloads, "dict");
        put(
                payload,
                common(type, settings.name(), new Identity(uuidOf(sync + type), "io.celonamdm." + sync + "." + type)));
        put(payload, content);
    }

    private static Map<String, Object> network(ProfileSettings settings, String sync) {
        Map<String, Object> keys = new LinkedHashMap<>();
        List<Map<String, Object>> geofences =
                geofences(settings, sync).stream().map(NetworkProfile::geofence).toList();
        if (!geofences.isEmpty()) {
            keys.put("Geofences", geofences);
        }
        keys.put("DataSetName", settings.dataSetName());
        keys.put("VersionNumber", settings.versionNumber());
        keys.put("CellularDataPreferred", settings.cellularDataPreferred());
        keys.put("EnableNRStandalone", settings.enableNrStandalone());
        keys.put("NetworkIdentifier", settings.networkIdentifier());
        keys.put("CsgNetworkIdentifier", settings.csgNetworkIdentifier());
        keys.values().removeIf(""::equals);
        return keys;
    }

    /**
     * The geofences of the settings and of their file.
     *
     * @throws KnownFailure with {@code PROFILE_INVALID} if the file has become unusable since the start
     */
    public static List<Geofence> geofences(ProfileSettings settings, String sync) {
        List<Geofence> geofences;
        try {
            geofences = settings.allGeofences();
        } catch (UncheckedIOException | IllegalArgumentException e) {
            throw unusable(sync, FileTrouble.text(e));
        }
        Stream.concat(
                        ProfileSettings.problemOfOne(geofences).stream(),
                        ProfileSettings.problemsOfAll(geofences).stream())
                .findFirst()
                .ifPresent(problem -> {
                    throw unusable(sync, problem);
                });
        return geofences;
    }

    private static KnownFailure unusable(String sync, String why) {
        return new KnownFailure(new Failure(
                Kind.REFUSED,
                ReasonCode.PROFILE_INVALID,
                "connector.syncs.%s.mdm.profile.geofences-file cannot be used: %s".formatted(sync, why),
                null));
    }

    private static Map<String, Object> geofence(Geofence fence) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("GeofenceId", fence.id());
        keys.put("Latitude", fence.latitude());
        keys.put("Longitude", fence.longitude());
        keys.put("Radius", fence.radius());
        return keys;
    }

    /** What is not restricted is left out: Apple takes the strictest of all profiles. */
    private static Map<String, Object> restrictions(RestrictionSettings settings) {
        Map<String, Object> keys = new LinkedHashMap<>();
        if (settings.keepEsimOnErase()) {
            keys.put("forcePreserveESIMOnErase", true);
        }
        if (!settings.allowEsimModification()) {
            keys.put("allowESIMModification", false);
        }
        if (!settings.allowEsimTransfer()) {
            keys.put("allowESIMOutgoingTransfers", false);
        }
        return keys;
    }

    private static void put(Element dictionary, Map<String, ?> keys) {
        keys.forEach((key, value) -> {
            Xml.add(dictionary, "key", key);
            if (value instanceof Boolean) {
                Xml.add(dictionary, value.toString());
            } else if (value instanceof BigDecimal number) {
                Xml.add(dictionary, "real", number.toPlainString());
            } else if (value instanceof List<?> list) {
                Element array = Xml.add(dictionary, "array");
                list.forEach(item -> put(Xml.add(array, "dict"), asKeys(item)));
            } else {
                Xml.add(dictionary, value instanceof Integer ? "integer" : "string", value.toString());
            }
        });
    }

    @SuppressWarnings("unchecked")
    private static Map<String, ?> asKeys(Object item) {
        return (Map<String, ?>) item;
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
