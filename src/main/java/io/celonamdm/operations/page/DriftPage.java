package io.celonamdm.operations.page;

import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.inventory.Drift;
import io.celonamdm.ledger.inventory.Drifts;
import io.celonamdm.ledger.report.DeviceCounts;
import io.celonamdm.ledger.report.DeviceStates;
import io.celonamdm.operations.RequestParameters;
import io.celonamdm.sync.Syncs;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The devices of a sync that have drifted from what was sent. */
@Controller
class DriftPage {
    private static final int SHOWN = 200;

    private final Syncs syncs;
    private final Drifts drifts;
    private final DeviceCounts counts;
    private final DeviceStates devices;

    DriftPage(Syncs syncs, Drifts drifts, DeviceCounts counts, DeviceStates devices) {
        this.syncs = syncs;
        this.drifts = drifts;
        this.counts = counts;
        this.devices = devices;
    }

    @GetMapping("/syncs/{name}/drift")
    String show(@PathVariable String name, @RequestParam(defaultValue = "") String code, Model model) {
        SyncName sync = RequestParameters.sync(syncs, name).name();
        List<Drift> found = drifts.list(sync, RequestParameters.code(code.isEmpty() ? null : code), SHOWN);
        model.addAttribute("name", name);
        model.addAttribute("code", code);
        model.addAttribute("codes", counts.driftByCode(sync));
        model.addAttribute("drifts", found);
        model.addAttribute(
                "devices", devices.ids(sync, found.stream().map(Drift::eid).toList()));
        return "drift";
    }
}
