package io.celonamdm.platform.jamf;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.json.Fields;
import io.celonamdm.settings.mdm.MdmSettings.AttributeSettings;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a device from its inventory record ({@code MobileDeviceIosInventory} of Jamf Pro's schema). Every field may be
 * absent; a record without an id becomes a device with an empty id.
 */
final class DeviceReader {
    /** The names of all fields that are read from a record, at any depth; others are dropped. */
    static final Set<String> FIELDS = Set.of(
            "mobileDeviceId",
            "deviceType",
            "general",
            "managementId",
            "displayName",
            "lastEnrolledDate",
            "lastInventoryUpdateDate",
            "managed",
            "deviceOwnershipType",
            "assetTag",
            "udid",
            "siteId",
            "hardware",
            "serialNumber",
            "model",
            "modelIdentifier",
            "userAndLocation",
            "username",
            "realName",
            "emailAddress",
            "building",
            "department",
            "network",
            "serviceSubscriptions",
            "slot",
            "eid",
            "imei",
            "iccid",
            "groups",
            "groupName",
            "extensionAttributes",
            "name",
            "value");

    private static final Set<String> PERSONAL = Set.of("UserEnrollment", "AccountDrivenUserEnrollment");

    private final Attributes attributes;

    DeviceReader(AttributeSettings own) {
        this.attributes = new Attributes(own);
    }

    MdmDevice read(Fields device) {
        Fields general = device.object("general");
        Fields hardware = device.object("hardware");
        Cellular cellular = Cellular.of(device);
        @Nullable Instant enrolledAt = general.time("lastEnrolledDate").orElse(null);
        return MdmDevice.builder(device.textOrEmpty("mobileDeviceId"))
                .managementId(general.text("managementId").orElse(null))
                .name(general.textOrEmpty("displayName"))
                .serialNumber(hardware.textOrEmpty("serialNumber"))
                .model(hardware.textOrEmpty("model"))
                .user(user(device.object("userAndLocation")))
                .os(device.textOrEmpty("deviceType"))
                .eid(cellular.eid())
                .imei(cellular.imei())
                .iccids(cellular.iccids())
                .groups(groups(device))
                .enrolledAt(enrolledAt)
                .inventoryAt( // it changes every night, and matters only for records with equal enrolment
                        enrolledAt == null
                                ? general.time("lastInventoryUpdateDate").orElse(null)
                                : null)
                .excluded(excluded(device, general))
                .attributes(attributes.of(device))
                .build();
    }

    private static String user(Fields user) {
        return Stream.of("username", "realName", "emailAddress")
                .map(user::textOrEmpty)
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static List<String> groups(Fields device) {
        return device.list("groups").stream()
                .flatMap(group -> group.text("groupName").stream())
                .distinct()
                .sorted()
                .toList();
    }

    private static @Nullable ReasonCode excluded(Fields device, Fields general) {
        // iPads are "iOS" too; the record of a single device spells it "ios"
        if (device.text("deviceType")
                .filter(type -> !type.equalsIgnoreCase("iOS"))
                .isPresent()) {
            return ReasonCode.UNSUPPORTED_TYPE;
        }
        if (general.is("managed", false)) {
            return ReasonCode.UNMANAGED;
        }
        return general.text("deviceOwnershipType").filter(PERSONAL::contains).isPresent()
                ? ReasonCode.USER_ENROLLED
                : null;
    }
}
