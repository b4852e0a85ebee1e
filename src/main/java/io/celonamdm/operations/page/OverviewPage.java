package io.celonamdm.operations.page;

import io.celonamdm.ledger.report.Channels;
import io.celonamdm.operations.SyncView.State;
import io.celonamdm.operations.page.Overview.Line;
import io.celonamdm.settings.source.SettingsInForce;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The first view: all syncs. */
@Controller
class OverviewPage {
    private static final int MOST_NEEDY = 50;

    private final Overview overview;
    private final Channels told;
    private final SettingsInForce settings;

    OverviewPage(Overview overview, Channels told, SettingsInForce settings) {
        this.overview = overview;
        this.settings = settings;
        this.told = told;
    }

    @GetMapping("/")
    String show(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "false") boolean look,
            Model model) {
        List<Line> all = overview.lines();
        model.addAttribute("q", q);
        model.addAttribute("look", look);
        model.addAttribute("all", all.size());
        model.addAttribute(
                "running",
                all.stream().filter(line -> line.state() == State.RUNNING).count());
        model.addAttribute(
                "quarantined",
                all.stream().filter(line -> line.quarantine() != null).count());
        model.addAttribute("inDoubt", all.stream().mapToLong(Line::inDoubt).sum());
        model.addAttribute(
                "deadLetters", all.stream().mapToLong(Line::deadLetters).sum());
        model.addAttribute("refusal", settings.refusal().orElse(null));
        model.addAttribute(
                "late", told.late().values().stream().mapToLong(Long::longValue).sum());
        model.addAttribute(
                "needs", all.stream().mapToLong(line -> line.needs().size()).sum());
        model.addAttribute(
                "more", Math.max(0, all.stream().filter(Line::needsLook).count() - MOST_NEEDY));
        model.addAttribute(
                "needy", all.stream().filter(Line::needsLook).limit(MOST_NEEDY).toList());
        model.addAttribute(
                "lines",
                all.stream()
                        .filter(line -> Overview.matches(line, q) && (!look || line.needsLook()))
                        .toList());
        return "overview";
    }
}
