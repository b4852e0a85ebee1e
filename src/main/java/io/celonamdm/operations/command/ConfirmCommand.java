package io.celonamdm.operations.command;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.InvalidValue;
import io.celonamdm.sync.DeviceAction;
import io.celonamdm.sync.DeviceActions;
import io.celonamdm.sync.Sync;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Carries out {@code --confirm}: takes a person's word that devices have their eSIMs. */
@Component
class ConfirmCommand {
    private final DeviceActions actions;

    ConfirmCommand(DeviceActions actions) {
        this.actions = actions;
    }

    /** Takes it for each device of a sync, and says for which it was not taken. */
    ExitCode carryOut(Sync sync, List<String> eids) {
        if (eids.isEmpty()) {
            System.err.println("--confirm needs the devices that have their eSIMs: --eids=<eid>,<eid>");
            return ExitCode.REFUSED;
        }
        boolean all = true;
        for (String eid : eids) {
            String refusal = confirm(sync, eid);
            if (refusal != null) {
                all = false;
                System.err.println("%s: %s".formatted(eid, refusal));
            }
        }
        return all ? ExitCode.DONE : ExitCode.REFUSED;
    }

    private @Nullable String confirm(Sync sync, String text) {
        try {
            String eid = Eid.named(text).value();
            return actions.take(DeviceAction.CONFIRM, sync, eid, "confirmed on the command line");
        } catch (InvalidValue e) {
            return String.valueOf(e.getMessage());
        }
    }
}
