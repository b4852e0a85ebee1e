package io.celonamdm.operations.page;

import io.celonamdm.control.Action;
import io.celonamdm.control.Reason;
import io.celonamdm.control.SyncAction;
import io.celonamdm.control.SyncControl;
import io.celonamdm.ledger.database.Audit;
import io.celonamdm.operations.RequestParameters;
import io.celonamdm.operations.RunView;
import io.celonamdm.operations.RunViews;
import io.celonamdm.operations.SyncView;
import io.celonamdm.operations.SyncViews;
import io.celonamdm.preflight.Preflight;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One sync: its state, its past nights, and the actions on it. */
@Controller
class SyncPage {
    private static final int NIGHTS = 30;
    private static final int CHANGES = 20;

    private final Syncs syncs;
    private final SyncViews views;
    private final RunViews runs;
    private final SyncControl control;
    private final Audit audit;
    private final Preflight preflight;

    SyncPage(Syncs syncs, SyncViews views, RunViews runs, SyncControl control, Audit audit, Preflight preflight) {
        this.syncs = syncs;
        this.views = views;
        this.runs = runs;
        this.control = control;
        this.audit = audit;
        this.preflight = preflight;
    }

    @GetMapping("/syncs/{name}")
    String show(@PathVariable String name, Model model) {
        Sync sync = RequestParameters.sync(syncs, name);
        SyncView view = views.of(sync);
        List<RunView> nights = runs.history(name, NIGHTS);
        model.addAttribute("sync", view);
        model.addAttribute("pausedBySetting", sync.settings().paused());
        model.addAttribute("planOnly", sync.settings().planOnly());
        model.addAttribute("nights", nights);
        model.addAttribute("preflight", preflight.last(sync.name()).orElse(null));
        model.addAttribute("audit", audit.list(sync.name(), CHANGES));
        nights.stream().filter(run -> run.closedAt() == null).findFirst().ifPresent(run -> RunsPage.add(run, model));
        return "sync";
    }

    @PostMapping("/syncs/{name}/actions")
    String act(
            @PathVariable String name,
            @RequestParam String action,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(required = false) @Nullable Long plan,
            @RequestParam(required = false) @Nullable Integer count) {
        Sync sync = RequestParameters.sync(syncs, name);
        SyncAction wanted = Action.of(SyncAction.class, action);
        control.take(wanted, sync, Reason.required(reason), plan, count);
        return "redirect:/syncs/%s?done=%s".formatted(name, wanted.word());
    }
}
