package io.celonamdm.operations.page;

import io.celonamdm.control.Reason;
import io.celonamdm.operations.RequestParameters;
import io.celonamdm.preflight.Preflight;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A preflight of one sync. Its result is shown and not stored, so a reload repeats it. */
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
        model.addAttribute(
                "report", preflight.of(List.of(sync), Reason.required(reason)).get(0));
        return "preflight";
    }
}
