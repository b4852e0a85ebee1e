package io.celonamdm.operations.page;

import io.celonamdm.control.RequestRejected;
import io.celonamdm.control.SyncControl;
import io.celonamdm.operations.RequestParameters;
import io.celonamdm.operations.RunView;
import io.celonamdm.operations.RunViews;
import io.celonamdm.sync.Syncs;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The runs of all syncs, and each run with its report, which is live while the run is open. */
@Controller
class RunsPage {
    private static final int SHOWN = 100;
    /** The status that makes htmx show the answer and stop polling. */
    private static final int STOP_POLLING = 286;

    private final Syncs syncs;
    private final RunViews runs;
    private final SyncControl control;

    RunsPage(Syncs syncs, RunViews runs, SyncControl control) {
        this.syncs = syncs;
        this.runs = runs;
        this.control = control;
    }

    @GetMapping("/runs")
    String all(@RequestParam(defaultValue = "") String sync, Model model) {
        String only = sync.isEmpty()
                ? null
                : RequestParameters.sync(syncs, sync).name().value();
        model.addAttribute("name", sync);
        model.addAttribute("syncs", syncs.all());
        model.addAttribute("runs", runs.history(only, SHOWN));
        return "runs";
    }

    @GetMapping("/syncs/{name}/runs/{id}")
    String show(@PathVariable String name, @PathVariable long id, Model model) {
        add(run(name, id), model);
        return "run";
    }

    @GetMapping("/syncs/{name}/runs/{id}/progress")
    String progress(@PathVariable String name, @PathVariable long id, Model model, HttpServletResponse response) {
        RunView run = run(name, id);
        add(run, model);
        if (run.closedAt() != null) {
            response.setStatus(STOP_POLLING);
        }
        return "progress :: polled";
    }

    @PostMapping("/syncs/{name}/runs/{id}/cancel")
    String cancel(@PathVariable String name, @PathVariable long id, @RequestParam(defaultValue = "") String reason) {
        control.cancel(run(name, id).id(), reason);
        return "redirect:/syncs/%s?done=%s".formatted(name, FlashMessage.CANCEL.word());
    }

    private RunView run(String name, long id) {
        RequestParameters.sync(syncs, name);
        return runs.find(id)
                .filter(each -> each.sync().equals(name))
                .orElseThrow(() -> RequestRejected.notFound("sync %s has no run %d".formatted(name, id)));
    }

    static void add(RunView run, Model model) {
        model.addAttribute("run", run);
        model.addAttribute("funnel", RunFunnel.of(run.report()));
    }
}
