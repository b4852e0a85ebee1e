package io.celonamdm.platform.applebusiness;

import io.celonamdm.device.BrokenRecord;
import io.celonamdm.device.InventoryPage;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.json.Fields;
import io.celonamdm.settings.mdm.AppleBusinessSettings;
import io.celonamdm.sync.Sync;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.springframework.stereotype.Component;

/** Reads the devices that are assigned to one device management service, enrolled or not. */
@Component
public class AppleInventory {
    private static final Map<String, String> SYSTEMS = Map.of("iPhone", "iOS", "iPad", "iPadOS");

    /** Attributes for names and rules, none of which changes every night. */
    private static final List<String> ATTRIBUTES = List.of(
            "orderNumber", "partNumber", "productType", "deviceCapacity", "color", "addedToOrgDateTime", "status");

    AppleInventory() {}

    /** The service of the settings, whose devices are not known yet. */
    public ServerDevices begin(@ExchangeProperty("sync") Sync sync) {
        return new ServerDevices(sync.name(), sync.mdm().appleBusiness().server());
    }

    /** Begins to page through the services. */
    public ApplePages servers(@ExchangeProperty("sync") Sync sync) {
        return pages(sync, "/v1/mdmServers");
    }

    /** Looks for the service on the requested page. */
    public void findServer(
            @Body Object answer,
            @ExchangeProperty("pages") ApplePages pages,
            @ExchangeProperty("assigned") ServerDevices assigned) {
        pages.read(answer).forEach(assigned::offer);
    }

    /** Begins to page through the devices assigned to the service, which are ids only. */
    public ApplePages assigned(
            @ExchangeProperty("sync") Sync sync, @ExchangeProperty("assigned") ServerDevices assigned) {
        return pages(
                sync, "/v1/mdmServers/%s/relationships/devices".formatted(ApplePages.encoded(assigned.serverId())));
    }

    /** Takes the ids of the requested page. */
    public void assign(
            @Body Object answer,
            @ExchangeProperty("pages") ApplePages pages,
            @ExchangeProperty("assigned") ServerDevices assigned) {
        pages.read(answer).forEach(assigned::add);
    }

    /** Begins to page through the organization's devices. */
    public ApplePages devices(@ExchangeProperty("sync") Sync sync) {
        return pages(sync, "/v1/orgDevices");
    }

    private static ApplePages pages(Sync sync, String path) {
        return new ApplePages(path, sync.mdm().appleBusiness().pageSize());
    }

    /**
     * The devices of the requested page that are assigned to the service. A device that is assigned and on no page may
     * have been missed while others came and went, so it stays as it was.
     */
    public InventoryPage page(
            @Body Object answer,
            @ExchangeProperty("pages") ApplePages pages,
            @ExchangeProperty("assigned") ServerDevices assigned,
            @ExchangeProperty("sync") Sync sync) {
        AppleBusinessSettings apple = sync.mdm().appleBusiness();
        List<MdmDevice> devices = new ArrayList<>();
        List<BrokenRecord> broken = new ArrayList<>();
        for (Fields resource : pages.read(answer)) {
            OrgDevice device = OrgDevice.of(resource);
            if (assigned.show(device.id()) && has(apple.productFamilies(), device)) {
                devices.add(device(device, assigned.serverName()));
            }
        }
        if (!pages.isOpen()) {
            assigned.unshown()
                    .forEach(id -> broken.add(new BrokenRecord(
                            id,
                            ReasonCode.RECORD_UNREADABLE,
                            "serial number %s is assigned to the service, and is not among the devices"
                                    .formatted(id))));
        }
        return new InventoryPage(devices, broken);
    }

    /** A device of a family that Apple does not name is shown, so that somebody sees it. */
    private static boolean has(List<String> families, OrgDevice device) {
        return device.family().isEmpty() || families.stream().anyMatch(device.family()::equalsIgnoreCase);
    }

    private static MdmDevice device(OrgDevice device, String server) {
        Map<String, String> attributes = new TreeMap<>();
        ATTRIBUTES.forEach(name -> device.attributes().text(name).ifPresent(value -> attributes.put(name, value)));
        return MdmDevice.builder(device.id())
                .managementId(device.id())
                .serialNumber(device.serialNumber())
                .model(device.attributes().textOrEmpty("deviceModel"))
                .os(SYSTEMS.getOrDefault(device.family(), device.family()))
                .eid(device.eid().orElse(null))
                .imei(device.imei().orElse(null))
                .groups(List.of(server))
                .excluded(device.isReleased() ? ReasonCode.UNMANAGED : null)
                .attributes(attributes)
                .build();
    }
}
