package io.celonamdm.platform.intune;

import io.celonamdm.celona.UnreadableAnswer;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure;
import io.celonamdm.http.Failure.Kind;
import io.celonamdm.http.KnownFailure;
import io.celonamdm.platform.MdmDevice;
import io.celonamdm.platform.intune.GraphBatch.Answer;
import io.celonamdm.platform.intune.GraphBatch.Request;
import io.celonamdm.settings.IntuneSettings;
import io.celonamdm.sync.Sync;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Managed devices of Graph: the list of all, which never has an EID, and the hardware record of one, which has. */
@Component
public class ManagedDevices {
    /** What is asked for of each device. */
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

    ManagedDevices() {}

    /** Begins to page through the list. */
    public GraphPages begin(@ExchangeProperty("sync") Sync sync) {
        String query = "$select=" + String.join(",", MEMBERS);
        String filter = sync.mdm().filter();
        return new GraphPages(
                sync.mdm().graphUrl(),
                Graph.V1 + Graph.MANAGED_DEVICES,
                filter.isBlank() ? query : query + "&$filter=" + Graph.encoded(filter));
    }

    /** The devices of the page that was asked for, as far as the settings want them. */
    public List<MdmDevice> read(
            @Body @Nullable Object answer,
            @ExchangeProperty("pages") GraphPages pages,
            @ExchangeProperty("sync") Sync sync) {
        Selection selection = new Selection(sync.mdm().intune());
        return pages.read(answer).stream()
                .map(DeviceReader::read)
                .filter(selection::has)
                .toList();
    }

    /** Asks for the hardware of those devices that should have an EID and are shown without one. */
    public GraphBatch hardware(@Body List<MdmDevice> page, @ExchangeProperty("sync") Sync sync) {
        IntuneSettings intune = sync.mdm().intune();
        boolean wanted = intune.completeEids() || intune.inventory() == IntuneSettings.Inventory.LIST;
        return GraphBatch.patient(
                Graph.BETA,
                page.stream()
                        .filter(device -> wanted && lacksEid(device))
                        .map(device -> Request.get(
                                device.id(),
                                "%s/%s?$select=id,iccid,udid,hardwareInformation"
                                        .formatted(Graph.MANAGED_DEVICES, Graph.encoded(device.id()))))
                        .toList());
    }

    /**
     * The page with what the hardware records say.
     *
     * @throws KnownFailure if Graph refuses to show one; a device that is gone meanwhile stays as it is
     */
    public List<MdmDevice> completed(
            @ExchangeProperty("page") List<MdmDevice> page, @ExchangeProperty("batch") GraphBatch batch) {
        return page.stream()
                .map(device -> batch.answer(device.id())
                        .flatMap(ManagedDevices::eid)
                        .map(eid -> withEid(device, eid))
                        .orElse(device))
                .toList();
    }

    private static boolean lacksEid(MdmDevice device) {
        return device.eid() == null
                && device.excluded() == null
                && !device.id().isEmpty()
                && Platform.of(device.os()).showsEids();
    }

    private static Optional<String> eid(Answer answer) {
        if (answer.status() == 403) {
            throw new KnownFailure(new Failure(
                    Kind.CONFIGURATION,
                    ReasonCode.FORBIDDEN,
                    "the app registration needs the application permission %s, with admin consent; %s"
                            .formatted(Permissions.READ_DEVICES, answer.words()),
                    null));
        }
        if (!answer.good() && answer.status() != 404) {
            throw new UnreadableAnswer("the hardware of a device", answer.words());
        }
        return answer.body().object("hardwareInformation").text("esimIdentifier");
    }

    private static MdmDevice withEid(MdmDevice device, String text) {
        return new MdmDevice(
                device.id(),
                device.managementId(),
                device.name(),
                device.serialNumber(),
                device.model(),
                device.user(),
                device.os(),
                device.category(),
                Eids.first(Eids.in(text), text),
                device.imei(),
                device.givenIccid(),
                device.iccids(),
                device.groups(),
                device.enrolledAt(),
                device.inventoryAt(),
                device.excluded(),
                device.attributes());
    }
}
