package io.celonamdm.operations.page;

import io.celonamdm.operations.RequestParameters;
import io.celonamdm.planning.Preview;
import io.celonamdm.settings.check.InvalidSettingsException;
import io.celonamdm.settings.source.TriedRules;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What a sync's rules do with its devices, and what others would do. Nothing is written. */
@Controller
class PreviewPage {
    private static final int SHOWN = 100;

    private final Syncs syncs;
    private final TriedRules triedRules;
    private final Preview preview;

    PreviewPage(Syncs syncs, TriedRules triedRules, Preview preview) {
        this.syncs = syncs;
        this.triedRules = triedRules;
        this.preview = preview;
    }

    @GetMapping("/syncs/{name}/preview")
    String own(@PathVariable String name, Model model) {
        return show(RequestParameters.sync(syncs, name), "", "", model);
    }

    /** A POST, because the text to find may be an EID, which must not appear in an address. */
    @PostMapping("/syncs/{name}/preview")
    String tried(
            @PathVariable String name,
            @RequestParam(defaultValue = "") String rules,
            @RequestParam(defaultValue = "") String q,
            Model model) {
        Sync sync = RequestParameters.sync(syncs, name);
        try {
            return show(rules.isBlank() ? sync : Sync.of(name, triedRules.read(name, rules)), rules, q.strip(), model);
        } catch (InvalidSettingsException e) {
            model.addAttribute("problems", e.problems());
            return show(sync, rules, q.strip(), model);
        }
    }

    private String show(Sync sync, String rules, String q, Model model) {
        model.addAttribute("name", sync.name().value());
        model.addAttribute("rules", rules);
        model.addAttribute("q", q);
        model.addAttribute("preview", preview.of(sync, SHOWN, q));
        return "preview";
    }
}
