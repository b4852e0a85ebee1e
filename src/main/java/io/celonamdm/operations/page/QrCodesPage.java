package io.celonamdm.operations.page;

import io.celonamdm.esim.Place;
import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.report.DeviceReports;
import io.celonamdm.ledger.report.DeviceReports.PendingDownload;
import io.celonamdm.ledger.report.DeviceStates;
import io.celonamdm.operations.RequestParameters;
import io.celonamdm.platform.QrCard;
import io.celonamdm.sync.Syncs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The QR codes of a sync's devices that were not seen with their eSIM, for printing; each device's own page shows the
 * same.
 */
@Controller
class QrCodesPage {
    private static final int SHOWN = 200;

    private final Syncs syncs;
    private final DeviceReports reports;
    private final DeviceStates states;

    QrCodesPage(Syncs syncs, DeviceReports reports, DeviceStates states) {
        this.syncs = syncs;
        this.reports = reports;
        this.states = states;
    }

    /**
     * A device with its code.
     *
     * @param id the ledger's id of the device
     * @param image the id of a device with the same code, so that a browser fetches each image once
     * @param card the text beside the code
     * @param place the device's place
     * @param code the code of what keeps it from continuing, if any
     */
    record Shown(
            long id,
            long image,
            QrCard card,
            Place place,
            @Nullable String code) {}

    @GetMapping("/syncs/{name}/qr-codes")
    String show(@PathVariable String name, @RequestParam(required = false) @Nullable Long after, Model model) {
        SyncName sync = RequestParameters.sync(syncs, name).name();
        String from = after == null
                ? ""
                : states.find(sync, after).map(device -> device.eid().value()).orElse("");
        List<PendingDownload> found = reports.pendingDownloads(sync, from, SHOWN + 1);
        List<PendingDownload> devices = found.subList(0, Math.min(SHOWN, found.size()));
        Map<SmdpAddress, Long> images = new HashMap<>();
        model.addAttribute("name", name);
        model.addAttribute(
                "devices",
                devices.stream()
                        .map(each -> shown(each, images.computeIfAbsent(each.address(), address -> each.id())))
                        .toList());
        model.addAttribute("next", found.size() > SHOWN ? devices.get(SHOWN - 1).id() : null);
        return "qr-codes";
    }

    private static Shown shown(PendingDownload device, long image) {
        return new Shown(
                device.id(),
                image,
                QrCard.of(device.eid().value(), device.mdm(), device.address()),
                device.place(),
                device.code() == null ? null : device.code().name());
    }
}
