package io.celonamdm.operations.page;

import io.celonamdm.control.ErasureControl;
import io.celonamdm.control.Reason;
import io.celonamdm.ledger.retention.Stored;
import io.celonamdm.ledger.retention.Stored.Remains;
import io.celonamdm.text.Counted;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What is stored of a device or a person, and its erasure. */
@Controller
class ErasurePage {
    private final ErasureControl control;

    ErasurePage(ErasureControl control) {
        this.control = control;
    }

    @GetMapping("/erasure")
    String form() {
        return "erasure";
    }

    /** A search changes nothing; it is a POST because neither EID nor name must appear in an address. */
    @PostMapping("/erasure/search")
    String find(
            @RequestParam(defaultValue = "") String eid, @RequestParam(defaultValue = "") String person, Model model) {
        List<Stored> found = control.find(eid, person);
        model.addAttribute("eid", eid);
        model.addAttribute("person", person);
        model.addAttribute("found", found);
        model.addAttribute("erasable", ErasureControl.erasable(found));
        return "erasure";
    }

    @PostMapping("/erasure")
    String erase(
            @RequestParam(defaultValue = "") String eid,
            @RequestParam(defaultValue = "") String person,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(required = false) @Nullable Integer count,
            Model model) {
        String why = Reason.required(reason);
        List<Stored> found = control.find(eid, person);
        int erasable = ErasureControl.erasable(found);
        if (!SecondStep.isGiven(count, erasable)) {
            return question(found, erasable, SecondStep.fields("eid", eid, "person", person, "reason", why))
                    .in(model);
        }
        int erased = control.erase(eid, person, count, why);
        return "redirect:/erasure?done=%s&count=%d".formatted(FlashMessage.ERASED.word(), erased);
    }

    private static SecondStep question(List<Stored> found, int erasable, Map<String, List<String>> fields) {
        boolean allGone = found.stream()
                .filter(each -> each.obstacle() == null)
                .anyMatch(each -> each.remains() == Remains.NOTHING);
        return new SecondStep(
                "",
                "Erase the data of %s?".formatted(Counted.words(erasable, "device")),
                "This cannot be undone."
                        + (allGone
                                ? " A device of which nothing remains is a new one if it returns, and gets a new eSIM."
                                : ""),
                erasable,
                "Erase " + Counted.words(erasable, "device"),
                "/erasure",
                "/erasure",
                fields);
    }
}
