package io.celonamdm.plan;

import io.celonamdm.platform.MdmDevice;
import java.util.List;
import java.util.Map;

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
                "",
                null,
                null,
                null,
                List.of(),
                List.of(),
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
}
