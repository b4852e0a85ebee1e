package io.celonamdm.device;

import io.celonamdm.esim.ReasonCode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A device as handed over by a route without Java: the fields of {@link MdmDevice}, any of which may be missing. */
record DeviceFields(
        @Nullable String id,
        @Nullable String managementId,
        @Nullable String name,
        @Nullable String serialNumber,
        @Nullable String model,
        @Nullable String user,
        @Nullable String os,
        @Nullable String category,
        @Nullable String eid,
        @Nullable String imei,
        @Nullable String givenIccid,
        @Nullable List<String> iccids,
        @Nullable List<String> groups,
        @Nullable Instant enrolledAt,
        @Nullable Instant inventoryAt,
        @Nullable ReasonCode excluded,
        @Nullable Map<String, @Nullable String> attributes) {

    MdmDevice device() {
        return MdmDevice.builder(text(id))
                .managementId(managementId)
                .name(text(name))
                .serialNumber(text(serialNumber))
                .model(text(model))
                .user(text(user))
                .os(text(os))
                .category(text(category))
                .eid(eid)
                .imei(imei)
                .givenIccid(givenIccid)
                .iccids(present(iccids))
                .groups(present(groups))
                .enrolledAt(enrolledAt)
                .inventoryAt(inventoryAt)
                .excluded(excluded)
                .attributes(attributes == null ? Map.of() : presentValues(attributes))
                .build();
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }

    private static List<String> present(@Nullable List<String> values) {
        return values == null
                ? List.of()
                : values.stream().filter(Objects::nonNull).toList();
    }

    private static Map<String, String> presentValues(Map<String, @Nullable String> values) {
        Map<String, String> present = new TreeMap<>();
        values.forEach((key, value) -> {
            if (value != null) {
                present.put(key, value);
            }
        });
        return present;
    }
}
