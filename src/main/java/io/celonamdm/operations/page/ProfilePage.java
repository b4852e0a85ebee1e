package io.celonamdm.operations.page;

import io.celonamdm.operations.ProfilePreview;
import io.celonamdm.operations.RequestParameters;
import io.celonamdm.sync.Syncs;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The private-network profile of a sync, as it would be sent. */
@Controller
class ProfilePage {
    private final Syncs syncs;

    ProfilePage(Syncs syncs) {
        this.syncs = syncs;
    }

    @GetMapping("/syncs/{name}/profile")
    String show(@PathVariable String name, Model model) {
        model.addAttribute("profile", ProfilePreview.of(RequestParameters.sync(syncs, name)));
        return "profile";
    }
}
