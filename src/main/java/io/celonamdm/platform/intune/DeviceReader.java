package io.celonamdm.platform.intune;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.json.Fields;
import io.celonamdm.json.Timestamps;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a device from its row of the report, or from a managed device of the list. */
final class DeviceReader {
    /** The values of both, and the numbers of the enumeration if a report shows those. */
    private static final Set<String> MANAGED =
            Set.of("", "managed", "unknown", "wipecanceled", "retirecanceled", "0", "9", "10");

    private static final Set<String> PERSONAL = Set.of("personal", "2");

    private DeviceReader() {}

    static MdmDevice read(Map<Column, String> row) {
        String id = text(row, Column.DEVICE_ID);
        List<String> eids = Eids.in(text(row, Column.EID));
        @Nullable Instant enrolledAt = time(row, Column.ENROLLED);
        return MdmDevice.builder(id)
                .managementId(id.isEmpty() ? null : id)
                .name(text(row, Column.DEVICE_NAME))
                .serialNumber(text(row, Column.SERIAL))
                .model(text(row, Column.MODEL))
                .user(text(row, Column.USER))
                .os(Platform.word(text(row, Column.OS)))
                .category(text(row, Column.CATEGORY))
                .eid(Eids.first(eids, row.get(Column.EID)))
                .imei(row.get(Column.IMEI))
                .iccids(words(text(row, Column.ICCID)))
                .enrolledAt(enrolledAt)
                .inventoryAt( // it changes every night, and matters only for records with equal enrolment
                        enrolledAt == null ? time(row, Column.LAST_CONTACT) : null)
                .excluded(excluded(row))
                .attributes(attributes(row, eids))
                .build();
    }

    static MdmDevice read(Fields device) {
        Map<Column, String> row = new EnumMap<>(Column.class);
        for (String member : ManagedDevices.MEMBERS) {
            Column.of(member).ifPresent(column -> device.text(member).ifPresent(value -> row.put(column, value)));
        }
        device.text("phoneNumber").ifPresent(value -> row.put(Column.PHONE_NUMBER, value));
        device.text("subscriberCarrier").ifPresent(value -> row.put(Column.CARRIER, value));
        return read(row);
    }

    private static @Nullable ReasonCode excluded(Map<Column, String> row) {
        if (Platform.of(Platform.word(text(row, Column.OS))) == Platform.OTHER) {
            return ReasonCode.UNSUPPORTED_TYPE;
        }
        if (PERSONAL.contains(plain(row, Column.OWNER))) {
            return ReasonCode.USER_ENROLLED;
        }
        // a pending wipe or retirement wins over every other action
        return MANAGED.contains(plain(row, Column.STATE)) ? null : ReasonCode.UNMANAGED;
    }

    private static Map<String, String> attributes(Map<Column, String> row, List<String> eids) {
        Map<String, String> attributes = new TreeMap<>();
        put(attributes, "ownership", row, Column.OWNER);
        put(attributes, ENTRA_ID, row, Column.ENTRA_ID);
        put(attributes, "compliance", row, Column.COMPLIANCE);
        put(attributes, "managementName", row, Column.MANAGED_NAME);
        put(attributes, "osVersion", row, Column.OS_VERSION);
        put(attributes, "manufacturer", row, Column.MANUFACTURER);
        put(attributes, "phoneNumber", row, Column.PHONE_NUMBER);
        put(attributes, "carrier", row, Column.CARRIER);
        put(attributes, "supervised", row, Column.SUPERVISED);
        if (eids.size() > 1) {
            attributes.put("eids", String.join(", ", eids));
        }
        return attributes;
    }

    /** The attribute with the device's id in Entra. */
    static final String ENTRA_ID = "entraDeviceId";

    private static void put(Map<String, String> attributes, String name, Map<Column, String> row, Column column) {
        Optional.ofNullable(row.get(column)).ifPresent(value -> attributes.put(name, value));
    }

    static List<String> words(String text) {
        return Arrays.stream(text.split("[,;|\\s]+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static @Nullable Instant time(Map<Column, String> row, Column column) {
        return Timestamps.parse(text(row, column)).orElse(null);
    }

    private static String plain(Map<Column, String> row, Column column) {
        return text(row, column).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private static String text(Map<Column, String> row, Column column) {
        return row.getOrDefault(column, "");
    }
}
