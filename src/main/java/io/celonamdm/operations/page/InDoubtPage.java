package io.celonamdm.operations.page;

import io.celonamdm.control.Action;
import io.celonamdm.control.DoubtAction;
import io.celonamdm.control.DoubtControl;
import io.celonamdm.control.Reason;
import io.celonamdm.ledger.report.DeviceStates;
import io.celonamdm.operations.DoubtView;
import io.celonamdm.operations.DoubtViews;
import io.celonamdm.operations.RequestParameters;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import io.celonamdm.text.Counted;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
    private final DoubtViews doubts;
    private final DoubtControl control;
    private final DeviceStates devices;

    InDoubtPage(Syncs syncs, DoubtViews doubts, DoubtControl control, DeviceStates devices) {
        this.syncs = syncs;
        this.doubts = doubts;
        this.control = control;
        this.devices = devices;
    }

    @GetMapping("/syncs/{name}/in-doubt")
    String show(@PathVariable String name, Model model) {
        Sync sync = RequestParameters.sync(syncs, name);
        List<DoubtView> entries = doubts.of(sync);
        model.addAttribute("name", name);
        model.addAttribute("entries", entries);
        model.addAttribute(
                "eids",
                entries.stream()
                        .collect(Collectors.toMap(
                                DoubtView::entry,
                                entry -> entry.devices().stream()
                                        .map(each -> each.eid().value())
                                        .collect(Collectors.joining("\n")))));
        model.addAttribute(
                "devices",
                devices.ids(
                        sync.name(),
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
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(required = false) @Nullable Integer count,
            Model model) {
        Sync sync = RequestParameters.sync(syncs, name);
        DoubtAction decision = Action.of(DoubtAction.class, action);
        if (decision == DoubtAction.RELEASE) {
            int doubtful = doubtful(sync, entry);
            if (!SecondStep.isGiven(count, doubtful)) {
                return release(name, entry, doubtful, Reason.required(reason)).in(model);
            }
        }
        int decided = control.decide(decision, sync, entry, requestId, address.isBlank() ? null : address, reason);
        return "redirect:/syncs/%s/in-doubt?done=%s&count=%d".formatted(name, FlashMessage.DECIDED.word(), decided);
    }

    private int doubtful(Sync sync, long entry) {
        return doubts.of(sync).stream()
                .filter(each -> each.entry() == entry)
                .mapToInt(each -> each.devices().size())
                .sum();
    }

    private static SecondStep release(String name, long entry, int devices, String reason) {
        return new SecondStep(
                name,
                "Post %s to assign-eid again?".formatted(Counted.words(devices, "device")),
                "If Celona has an eSIM for one of them after all, it gets a second one.",
                devices,
                "Release " + Counted.words(devices, "device"),
                "/syncs/%s/in-doubt/%d".formatted(name, entry),
                "/syncs/%s/in-doubt".formatted(name),
                SecondStep.fields("action", DoubtAction.RELEASE.word(), "reason", reason));
    }
}
