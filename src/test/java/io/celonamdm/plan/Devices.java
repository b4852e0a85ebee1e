package io.celonamdm.plan;

import io.celonamdm.device.MdmDevice;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Devices for tests. */
final class Devices {

    private Devices() {}

    static MdmDevice named(String name, String serial) {
        return new MdmDevice(
                "17",
                "9932fad3-29e9-4b71-bc7c-77dcefce819d",
                name,
                serial,
                "iPhone SE",
                "tom",
                "iOS",
                "Pool",
                null,
                "35882334083223",
                null,
                List.of(),
                List.of("Drivers", "Staff"),
                null,
                null,
                null,
                Map.of("Site", "Basel, CH"));
    }

    static MdmDevice in(String... groups) {
        return new MdmDevice(
                "17",
                null,
                "",
                "",
                "",
                "",
                "",
                "",
                null,
                null,
                null,
                List.of(),
                List.of(groups),
                null,
                null,
                null,
                Map.of());
    }

    static MdmDevice giving(@Nullable String iccid, Map<String, String> attributes) {
        return new MdmDevice(
                "17",
                null,
                "",
                "",
                "",
                "",
                "",
                "",
                null,
                null,
                iccid,
                List.of(),
                List.of(),
                null,
                null,
                null,
                attributes);
    }
}
