package io.celonamdm.operations.page;

import io.celonamdm.ledger.DeviceStates;
import io.celonamdm.operations.DoubtActions;
import io.celonamdm.operations.DoubtView;
import io.celonamdm.operations.Refusal;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Devices in doubt, and the decisions about them. */
@Controller
class InDoubtPage {
    private final Syncs syncs;
    private final DoubtActions doubts;
    private final DeviceStates devices;

    InDoubtPage(Syncs syncs, DoubtActions doubts, DeviceStates devices) {
        this.syncs = syncs;
        this.doubts = doubts;
        this.devices = devices;
    }

    @GetMapping("/syncs/{name}/in-doubt")
    String show(@PathVariable String name, Model model) {
        List<DoubtView> entries = doubts.list(Frame.sync(syncs, name));
        model.addAttribute("name", name);
        model.addAttribute("entries", entries);
        model.addAttribute(
                "devices",
                devices.ids(
                        name,
                        entries.stream()
                                .flatMap(entry -> entry.devices().stream())
                                .map(DoubtView.Doubtful::eid)
                                .toList()));
        return "in-doubt";
    }

    @PostMapping("/syncs/{name}/in-doubt/{entry}")
    String decide(
            @PathVariable String name,
            @PathVariable long entry,
            @RequestParam(defaultValue = "") String action,
            @RequestParam(defaultValue = "") String requestId,
            @RequestParam(defaultValue = "") String address,
            @RequestParam(defaultValue = "") String reason) {
        Sync sync = Frame.sync(syncs, name);
        int decided = doubts.decide(
                sync, entry, action, requestId, address.isBlank() ? null : address, Refusal.reason(reason));
        return "redirect:/syncs/%s/in-doubt?done=%s&count=%d".formatted(name, Done.DECIDED.word(), decided);
    }
}
