package io.celonamdm.operations;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Audit;
import io.celonamdm.ledger.device.DeviceState;
import io.celonamdm.ledger.report.DeviceHistory;
import org.springframework.stereotype.Component;

/** Shows all that is known of a device. */
@Component
public class DeviceViews {
    private final DeviceHistory history;
    private final Audit audit;

    DeviceViews(DeviceHistory history, Audit audit) {
        this.history = history;
        this.audit = audit;
    }

    /** A device with its history. */
    public DeviceView of(DeviceState device) {
        SyncName sync = device.sync();
        Eid eid = device.eid();
        return new DeviceView(
                device,
                history.drift(sync, eid),
                history.calls(sync, eid),
                history.deadLetters(sync, eid),
                audit.of(eid));
    }
}
