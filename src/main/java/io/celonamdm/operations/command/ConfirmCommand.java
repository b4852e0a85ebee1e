package io.celonamdm.operations.command;

import io.celonamdm.control.DeviceAction;
import io.celonamdm.control.DeviceControl;
import io.celonamdm.control.RequestRejected;
import io.celonamdm.sync.Sync;
import java.util.List;
import org.springframework.stereotype.Component;

/** Carries out {@code --confirm}: takes a person's word that devices have their eSIMs. */
@Component
class ConfirmCommand {
    private static final String REASON = "confirmed on the command line";

    private final DeviceControl control;

    ConfirmCommand(DeviceControl control) {
        this.control = control;
    }

    /** Takes it for each device of a sync, and says for which it was not taken. */
    ExitCode carryOut(Sync sync, List<String> eids) {
        if (eids.isEmpty()) {
            throw RequestRejected.invalid("--confirm needs the devices that have their eSIMs: --eids=<eid>,<eid>");
        }
        boolean all = true;
        for (String eid : eids) {
            try {
                control.take(DeviceAction.CONFIRM, sync, eid, REASON, null);
            } catch (RequestRejected e) {
                all = false;
                System.err.println("%s: %s".formatted(eid, e.text()));
            }
        }
        return all ? ExitCode.DONE : ExitCode.REFUSED;
    }
}
