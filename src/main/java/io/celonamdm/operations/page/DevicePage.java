package io.celonamdm.operations.page;

import io.celonamdm.control.Action;
import io.celonamdm.control.DeviceAction;
import io.celonamdm.control.DeviceControl;
import io.celonamdm.control.RequestRejected;
import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.device.DeviceState;
import io.celonamdm.ledger.report.DeviceStates;
import io.celonamdm.operations.DeviceViews;
import io.celonamdm.operations.RequestParameters;
import io.celonamdm.platform.QrCode;
import io.celonamdm.sync.Syncs;
import java.io.IOException;
import java.util.Arrays;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One device: its trace, its QR code, and the actions on it. */
@Controller
class DevicePage {
    private final Syncs syncs;
    private final DeviceStates states;
    private final DeviceViews views;
    private final DeviceControl control;

    DevicePage(Syncs syncs, DeviceStates states, DeviceViews views, DeviceControl control) {
        this.syncs = syncs;
        this.states = states;
        this.views = views;
        this.control = control;
    }

    @GetMapping("/syncs/{name}/devices/{id}")
    String show(@PathVariable String name, @PathVariable long id, Model model) {
        DeviceState device = device(name, id);
        String host = device.smdpHost();
        model.addAttribute("device", device);
        model.addAttribute("trace", views.of(device));
        model.addAttribute(
                "actions",
                Arrays.stream(DeviceAction.values())
                        .filter(action -> action.isPossible(device))
                        .map(DeviceAction::word)
                        .toList());
        model.addAttribute("confirmation", DeviceControl.CONFIRMATION);
        model.addAttribute("activationCode", host == null ? null : new SmdpAddress(host).activationCode());
        return "device";
    }

    @GetMapping(path = "/syncs/{name}/devices/{id}/qr.png", produces = MediaType.IMAGE_PNG_VALUE)
    ResponseEntity<byte[]> qrCode(@PathVariable String name, @PathVariable long id) throws IOException {
        String host = device(name, id).smdpHost();
        return host == null ? ResponseEntity.notFound().build() : ResponseEntity.ok(QrCode.of(new SmdpAddress(host)));
    }

    @PostMapping("/syncs/{name}/devices/{id}")
    String act(
            @PathVariable String name,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String action,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String confirm) {
        DeviceState device = device(name, id);
        DeviceAction wanted = Action.of(DeviceAction.class, action);
        control.take(wanted, syncs.get(name), device, reason, confirm);
        return "redirect:/syncs/%s/devices/%d?done=%s".formatted(name, id, FlashMessage.DEVICE.word());
    }

    private DeviceState device(String name, long id) {
        SyncName sync = RequestParameters.sync(syncs, name).name();
        return states.find(sync, id)
                .orElseThrow(() -> RequestRejected.notFound("sync %s has no device %d".formatted(name, id)));
    }
}
