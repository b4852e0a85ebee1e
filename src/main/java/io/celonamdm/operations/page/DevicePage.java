package io.celonamdm.operations.page;

import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.ledger.DeviceState;
import io.celonamdm.ledger.DeviceStates;
import io.celonamdm.operations.DeviceRequests;
import io.celonamdm.operations.Refusal;
import io.celonamdm.platform.QrCode;
import io.celonamdm.sync.DeviceAction;
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
    private final DeviceRequests requests;

    DevicePage(Syncs syncs, DeviceStates states, DeviceRequests requests) {
        this.syncs = syncs;
        this.states = states;
        this.requests = requests;
    }

    @GetMapping("/syncs/{name}/devices/{id}")
    String show(@PathVariable String name, @PathVariable long id, Model model) {
        DeviceState device = device(name, id);
        String host = device.smdpHost();
        model.addAttribute("device", device);
        model.addAttribute("trace", requests.view(device));
        model.addAttribute(
                "actions",
                Arrays.stream(DeviceAction.values())
                        .filter(action -> action.refusal(device) == null)
                        .map(DeviceAction::word)
                        .toList());
        model.addAttribute("confirmation", DeviceRequests.CONFIRMATION);
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
        requests.take(DeviceRequests.wanted(action, reason, confirm), device, reason);
        return "redirect:/syncs/%s/devices/%d?done=%s".formatted(name, id, Done.DEVICE.word());
    }

    private DeviceState device(String name, long id) {
        Frame.sync(syncs, name);
        return states.find(name, id)
                .orElseThrow(() -> Refusal.notFound("sync %s has no device %d".formatted(name, id)));
    }
}
