package io.celonamdm.plan;

import io.celonamdm.device.MdmDevice;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Devices for tests. */
final class Devices {

    private Devices() {}

    static MdmDevice named(String name, String serial) {
        return MdmDevice.builder("17")
                .managementId("9932fad3-29e9-4b71-bc7c-77dcefce819d")
                .name(name)
                .serialNumber(serial)
                .model("iPhone SE")
                .user("tom")
                .os("iOS")
                .category("Pool")
                .imei("35882334083223")
                .groups(List.of("Drivers", "Staff"))
                .attributes(Map.of("Site", "Basel, CH"))
                .build();
    }

    static MdmDevice in(String... groups) {
        return MdmDevice.builder("17").groups(List.of(groups)).build();
    }

    static MdmDevice giving(@Nullable String iccid, Map<String, String> attributes) {
        return MdmDevice.builder("17").givenIccid(iccid).attributes(attributes).build();
    }
}
