package io.celonamdm.operations.page;

import io.celonamdm.control.Reason;
import io.celonamdm.operations.RequestParameters;
import io.celonamdm.preflight.Preflight;
import io.celonamdm.preflight.PreflightReport;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A preflight of one sync, or of all. Its result is shown and not stored, so a reload repeats it. */
@Controller
class PreflightPage {
    private final Syncs syncs;
    private final Preflight preflight;

    PreflightPage(Syncs syncs, Preflight preflight) {
        this.syncs = syncs;
        this.preflight = preflight;
    }

    @PostMapping("/syncs/{name}/preflight")
    String look(@PathVariable String name, @RequestParam(defaultValue = "") String reason, Model model) {
        Sync sync = RequestParameters.sync(syncs, name);
        return show(preflight.of(List.of(sync), Reason.required(reason)), model);
    }

    @PostMapping("/syncs/{name}/test-connection")
    String testConnection(@PathVariable String name, @RequestParam(defaultValue = "") String reason, Model model) {
        Sync sync = RequestParameters.sync(syncs, name);
        return show(List.of(preflight.connections(sync, Reason.required(reason))), model);
    }

    @PostMapping("/preflight")
    String all(@RequestParam(defaultValue = "") String reason, Model model) {
        return show(preflight.of(syncs.all(), Reason.required(reason)), model);
    }

    private static String show(List<PreflightReport> reports, Model model) {
        model.addAttribute("reports", reports);
        return "preflight";
    }
}
