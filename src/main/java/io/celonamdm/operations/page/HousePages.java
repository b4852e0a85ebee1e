package io.celonamdm.operations.page;

import io.celonamdm.control.LedgerControl;
import io.celonamdm.ledger.database.Audit;
import io.celonamdm.ledger.database.Backups;
import io.celonamdm.operations.ChannelViews;
import io.celonamdm.operations.RequestParameters;
import io.celonamdm.sync.Syncs;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What belongs to the connector as a whole: its audit, its channels, its credentials and its ledger. */
@Controller
class HousePages {
    private static final int SHOWN = 200;

    private final Syncs syncs;
    private final Audit audit;
    private final ChannelViews channels;
    private final CredentialDates credentials;
    private final Backups backups;
    private final LedgerControl ledger;

    HousePages(
            Syncs syncs,
            Audit audit,
            ChannelViews channels,
            CredentialDates credentials,
            Backups backups,
            LedgerControl ledger) {
        this.syncs = syncs;
        this.audit = audit;
        this.channels = channels;
        this.credentials = credentials;
        this.backups = backups;
        this.ledger = ledger;
    }

    @GetMapping("/audit")
    String audit(@RequestParam(defaultValue = "") String sync, Model model) {
        model.addAttribute("name", sync);
        model.addAttribute("syncs", syncs.all());
        model.addAttribute(
                "audit",
                sync.isEmpty()
                        ? audit.latest(SHOWN)
                        : audit.list(RequestParameters.sync(syncs, sync).name(), SHOWN));
        return "audit";
    }

    @GetMapping("/channels")
    String channels(Model model) {
        model.addAttribute("channels", channels.all());
        return "channels";
    }

    @PostMapping("/channels/{channel}/test")
    String test(@PathVariable String channel) {
        channels.test(channel);
        return "redirect:/channels?done=" + FlashMessage.TESTED.word();
    }

    @GetMapping("/credentials")
    String credentials(Model model) {
        model.addAttribute("credentials", credentials.all());
        return "credentials";
    }

    @GetMapping("/ledger")
    String ledger(Model model) {
        model.addAttribute("ledger", backups.database());
        return "ledger";
    }

    @PostMapping("/ledger/backup")
    String backup(@RequestParam(defaultValue = "") String reason) {
        ledger.backup(reason);
        return "redirect:/ledger?done=" + FlashMessage.BACKUP.word();
    }
}
