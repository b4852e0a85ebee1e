package io.celonamdm.operations.page;

import io.celonamdm.esim.Place;
import io.celonamdm.esim.Position;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.device.DeviceState;
import io.celonamdm.ledger.report.DeviceStates;
import io.celonamdm.ledger.report.DeviceStates.Filter;
import io.celonamdm.ledger.report.SyncSnapshot;
import io.celonamdm.ledger.report.SyncSnapshots;
import io.celonamdm.operations.RequestParameters;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Lists of devices: of a sync, or found by a search. Addresses name a device by the ledger's id. */
@Controller
class DevicesPage {
    private static final int SHOWN = 100;

    private final Syncs syncs;
    private final DeviceStates states;
    private final SyncSnapshots snapshots;

    DevicesPage(Syncs syncs, DeviceStates states, SyncSnapshots snapshots) {
        this.syncs = syncs;
        this.states = states;
        this.snapshots = snapshots;
    }

    @GetMapping("/syncs/{name}/devices")
    String list(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable Place place,
            @RequestParam(defaultValue = "") String step,
            @RequestParam(required = false) @Nullable ReasonCode code,
            @RequestParam(required = false) @Nullable Long after,
            Model model) {
        SyncName sync = RequestParameters.sync(syncs, name).name();
        String from = after == null
                ? ""
                : states.find(sync, after).map(device -> device.eid().value()).orElse("");
        Filter filter = new Filter(
                place, RequestParameters.oneOf(Position.SHOWN_STEPS, "step", step.isEmpty() ? null : step), code);
        List<DeviceState> devices = states.page(sync, filter, from, SHOWN);
        model.addAttribute("name", name);
        model.addAttribute("place", place);
        model.addAttribute("step", step);
        model.addAttribute("code", code);
        model.addAttribute("places", Place.values());
        model.addAttribute("steps", Position.SHOWN_STEPS);
        model.addAttribute("codes", codes(snapshots.of(sync)));
        model.addAttribute("devices", devices);
        model.addAttribute(
                "next", devices.size() == SHOWN ? devices.get(SHOWN - 1).id() : null);
        return "devices";
    }

    /** The codes that its devices have now. */
    private static Set<String> codes(SyncSnapshot snapshot) {
        Set<String> codes = new TreeSet<>(snapshot.openDeadLettersByCode().keySet());
        snapshot.codes().forEach(each -> codes.add(each.code()));
        return codes;
    }

    @PostMapping("/search")
    String search(
            @RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String sync, Model model) {
        String text = q.replaceAll("\\s+", " ").strip();
        List<DeviceState> found = text.isEmpty()
                ? List.of()
                : states.search(
                        sync.isEmpty()
                                ? all()
                                : List.of(RequestParameters.sync(syncs, sync).name()),
                        text,
                        SHOWN);
        if (found.size() == 1) {
            DeviceState only = found.get(0);
            return "redirect:/syncs/%s/devices/%d".formatted(only.sync(), only.id());
        }
        model.addAttribute("q", text);
        model.addAttribute("name", sync);
        model.addAttribute("devices", found);
        return "search";
    }

    private List<SyncName> all() {
        return syncs.all().stream().map(Sync::name).toList();
    }
}
