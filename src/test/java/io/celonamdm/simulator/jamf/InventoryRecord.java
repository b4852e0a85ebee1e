package io.celonamdm.simulator.jamf;

import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.web.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A device as the schema's {@code MobileDeviceIosInventory}; sections that were not requested are null. */
final class InventoryRecord {
    private final Phone phone;
    private final String id;
    private final Groups groups;
    private final Map<String, List<String>> attributes;
    private final Set<Section> sections;

    InventoryRecord(Phone phone, Devices devices, Groups groups, Set<Section> sections) {
        this.phone = phone;
        this.id = devices.id(phone);
        this.groups = groups;
        this.attributes = devices.attributes(id);
        this.sections = sections;
    }

    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> record = Json.object("mobileDeviceId", id, "deviceType", "iOS");
        record.put("general", section(Section.GENERAL, this::general));
        record.put("hardware", section(Section.HARDWARE, this::hardware));
        record.put("userAndLocation", section(Section.USER_AND_LOCATION, this::user));
        record.put("network", section(Section.NETWORK, this::network));
        record.put("serviceSubscriptions", section(Section.SERVICE_SUBSCRIPTIONS, this::subscriptions));
        record.put("groups", section(Section.GROUPS, this::groups));
        record.put("extensionAttributes", section(Section.EXTENSION_ATTRIBUTES, this::attributes));
        for (String other : List.of("applications", "certificates", "profiles", "purchasing", "security")) {
            record.put(other, null);
        }
        return record;
    }

    private @Nullable Object section(Section section, Supplier<Object> content) {
        return sections.contains(section) ? content.get() : null;
    }

    private Object general() {
        String udid = UUID.nameUUIDFromBytes(phone.serialNumber().getBytes(StandardCharsets.UTF_8))
                .toString();
        Map<String, @Nullable Object> general = Json.object("udid", udid, "displayName", phone.name());
        general.put("assetTag", "A-" + id);
        general.put("siteId", "-1");
        general.put("lastInventoryUpdateDate", Instant.now().toString());
        general.put("lastEnrolledDate", phone.lastEnrolled().toString());
        general.put("osVersion", "26.1");
        general.put("managed", phone.managed());
        general.put("supervised", !phone.ownership().personal());
        general.put("deviceOwnershipType", phone.ownership().jamfWord());
        general.put("managementId", phone.managementId());
        return general;
    }

    private Object hardware() {
        return Json.object(
                "serialNumber",
                phone.ownership().personal() ? null : phone.serialNumber(),
                "model",
                phone.model().marketingName(),
                "modelIdentifier",
                phone.model().identifier());
    }

    private Object user() {
        String name = phone.user();
        return Json.object("username", name, "realName", name, "emailAddress", name.isEmpty() ? "" : name + "@x.test");
    }

    /** From iOS 26 on the ICCID is in the subscriptions only. */
    private Object network() {
        return Json.object("cellularTechnology", "Both", "iccid", null, "imei", null, "eid", eid());
    }

    private Object subscriptions() {
        return new Subscriptions(phone, eid()).json();
    }

    private @Nullable String eid() {
        return phone.reportedEid().isEmpty() || phone.ownership().personal() ? null : phone.reportedEid();
    }

    private Object groups() {
        List<Object> list = new ArrayList<>();
        for (String name : phone.groups()) {
            Groups.Group group = groups.named(name);
            list.add(Json.object(
                    "groupId",
                    group.id(),
                    "groupName",
                    name,
                    "groupDescription",
                    group.description(),
                    "smart",
                    group.smart()));
        }
        return list;
    }

    private Object attributes() {
        List<Object> list = new ArrayList<>();
        attributes.forEach(
                (name, value) -> list.add(Json.object("id", "7", "name", name, "type", "STRING", "value", value)));
        return list;
    }
}
