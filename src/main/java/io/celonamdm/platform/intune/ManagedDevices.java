package io.celonamdm.platform.intune;

import io.celonamdm.device.BrokenRecord;
import io.celonamdm.device.InventoryPage;
import io.celonamdm.device.LookOrder;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure;
import io.celonamdm.http.Failure.Kind;
import io.celonamdm.http.KnownFailure;
import io.celonamdm.json.Fields;
import io.celonamdm.platform.intune.graph.Graph;
import io.celonamdm.platform.intune.graph.GraphBatch.Answer;
import io.celonamdm.platform.intune.graph.GraphBatch.Request;
import io.celonamdm.platform.intune.graph.GraphPages;
import io.celonamdm.platform.intune.graph.ParallelBatches;
import io.celonamdm.platform.intune.graph.Permissions;
import io.celonamdm.settings.mdm.IntuneSettings;
import io.celonamdm.sync.Sync;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads managed devices of Graph: the list of all, which never has an EID, and the hardware record of one, which does.
 */
@Component
public class ManagedDevices {
    /** The requested fields of each device. */
    static final List<String> MEMBERS = List.of(
            "id",
            "deviceName",
            "managedDeviceName",
            "serialNumber",
            "imei",
            "operatingSystem",
            "osVersion",
            "model",
            "manufacturer",
            "azureADDeviceId",
            "lastSyncDateTime",
            "enrolledDateTime",
            "userPrincipalName",
            "deviceCategoryDisplayName",
            "managedDeviceOwnerType",
            "complianceState",
            "managementState",
            "isSupervised");

    /** Fields that the report has beside those of the list. */
    private static final String REPORTED = ",phoneNumber,subscriberCarrier";

    ManagedDevices() {}

    /** The operating systems found in a pull. */
    public Systems systems() {
        return new Systems();
    }

    /** Begins to page through the list. */
    public GraphPages begin(@ExchangeProperty("sync") Sync sync) {
        String query = "$select=" + String.join(",", MEMBERS);
        String filter = sync.mdm().filter();
        return new GraphPages(
                sync.mdm().graphUrl(),
                Graph.V1 + Graph.MANAGED_DEVICES,
                filter.isBlank() ? query : query + "&$filter=" + Graph.encoded(filter));
    }

    /**
     * Begins to page through the devices that Intune has heard from lately. A date of enrolment is no documented filter,
     * and Graph ignores those that it does not support.
     */
    public Lately lately(@ExchangeProperty("sync") Sync sync, @ExchangeProperty("look") LookOrder look) {
        boolean asReported = sync.mdm().intune().inventory() == IntuneSettings.Inventory.EXPORT;
        String query = "$select=%s%s&$filter=%s"
                .formatted(
                        String.join(",", MEMBERS),
                        asReported ? REPORTED : "",
                        Graph.encoded("lastSyncDateTime gt " + look.seenSince().truncatedTo(ChronoUnit.SECONDS)));
        return new Lately(
                new GraphPages(sync.mdm().graphUrl(), Graph.V1 + Graph.MANAGED_DEVICES, query), look.enrolledSince());
    }

    /** Reads the requested page of such devices. */
    public void readLately(
            @Body @Nullable Object answer,
            @ExchangeProperty("lately") Lately lately,
            @ExchangeProperty("sync") Sync sync) {
        Selection selection = new Selection(sync.mdm().intune());
        lately.add(lately.getPages().read(answer).stream()
                .filter(record -> oddMember(record).isEmpty())
                .map(record -> DeviceReader.read(record))
                .filter(selection::has)
                .toList());
    }

    /** The devices of the requested page that match the settings. */
    public InventoryPage read(
            @Body @Nullable Object answer,
            @ExchangeProperty("pages") GraphPages pages,
            @ExchangeProperty("systems") Systems systems,
            @ExchangeProperty("sync") Sync sync) {
        Selection selection = new Selection(sync.mdm().intune());
        List<MdmDevice> devices = new ArrayList<>();
        List<BrokenRecord> broken = new ArrayList<>();
        for (Fields record : pages.read(answer)) {
            MdmDevice device = DeviceReader.read(record);
            Optional<String> odd = oddMember(record);
            if (odd.isPresent()) {
                broken.add(broken(device, odd.get()));
            } else if (systems.knows(device) && selection.has(device)) {
                devices.add(device);
            }
        }
        if (!pages.isOpen()) {
            systems.check();
        }
        return new InventoryPage(devices, broken);
    }

    private static Optional<String> oddMember(Fields record) {
        if (record.text("id").isEmpty()) {
            return Optional.of("it has no id");
        }
        return MEMBERS.stream()
                .filter(member -> record.map().get(member) instanceof Map<?, ?>
                        || record.map().get(member) instanceof List<?>)
                .findFirst()
                .map(member -> member + " is no text");
    }

    private static BrokenRecord broken(MdmDevice device, String why) {
        return new BrokenRecord(
                device.id(),
                ReasonCode.RECORD_UNREADABLE,
                "record %s (serial number %s): %s"
                        .formatted(
                                device.id().isEmpty() ? "unknown" : device.id(),
                                device.serialNumber().isEmpty() ? "unknown" : device.serialNumber(),
                                why));
    }

    /** Requests the hardware of devices that should have an EID but are shown without one. */
    public ParallelBatches hardware(@Body InventoryPage page, @ExchangeProperty("sync") Sync sync) {
        IntuneSettings intune = sync.mdm().intune();
        boolean wanted = intune.completeEids() || intune.inventory() == IntuneSettings.Inventory.LIST;
        return wanted ? hardwareOf(page) : ParallelBatches.of(Graph.BETA, List.of());
    }

    /** Requests the hardware of devices of a list, which never has an EID. */
    public ParallelBatches hardwareOf(@Body InventoryPage page) {
        return ParallelBatches.of(
                Graph.BETA,
                page.devices().stream()
                        .filter(ManagedDevices::lacksEid)
                        .map(device -> Request.get(
                                device.id(),
                                "%s/%s?$select=id,iccid,udid,hardwareInformation"
                                        .formatted(Graph.MANAGED_DEVICES, Graph.encoded(device.id()))))
                        .toList());
    }

    /**
     * The page with the data of the hardware records. Only a device whose record Graph does not show is broken.
     *
     * @throws KnownFailure if Graph refuses all of them
     */
    public InventoryPage completed(
            @ExchangeProperty("page") InventoryPage page, @ExchangeProperty("batches") ParallelBatches batches) {
        batches.forbidden().ifPresent(answer -> {
            throw new KnownFailure(new Failure(
                    Kind.CONFIGURATION,
                    ReasonCode.FORBIDDEN,
                    "the app registration needs the application permission %s, with admin consent; %s"
                            .formatted(Permissions.READ_DEVICES, answer.words()),
                    null));
        });
        List<MdmDevice> devices = new ArrayList<>();
        List<BrokenRecord> broken = new ArrayList<>(page.broken());
        for (MdmDevice device : page.devices()) {
            Optional<Answer> answer = batches.answer(device.id());
            if (answer.isPresent() && !answer.get().good()) {
                broken.add(broken(device, "its hardware: " + answer.get().words()));
            } else {
                devices.add(answer.map(given -> withHardware(device, given)).orElse(device));
            }
        }
        return new InventoryPage(devices, broken);
    }

    private static boolean lacksEid(MdmDevice device) {
        return device.eid() == null
                && device.excluded() == null
                && !device.id().isEmpty()
                && Platform.of(device.os()).showsEids();
    }

    private static MdmDevice withHardware(MdmDevice device, Answer answer) {
        MdmDevice.Builder known = device.toBuilder();
        answer.body()
                .object("hardwareInformation")
                .text("esimIdentifier")
                .ifPresent(eid -> known.eid(Eids.first(Eids.in(eid), eid)));
        // a list never has them either
        answer.body().text("iccid").ifPresent(iccids -> known.iccids(DeviceReader.words(iccids)));
        return known.build();
    }
}
