package io.celonamdm.operations;

import io.celonamdm.ledger.Audit;
import io.celonamdm.ledger.DeviceState;
import io.celonamdm.ledger.Traces;
import org.springframework.stereotype.Component;

/** Shows all that is known of a device. */
@Component
public class DeviceViews {
    private final Traces traces;
    private final Audit audit;

    DeviceViews(Traces traces, Audit audit) {
        this.traces = traces;
        this.audit = audit;
    }

    /** A device with its trace. */
    public DeviceView of(DeviceState device) {
        String sync = device.sync();
        String eid = device.eid();
        return new DeviceView(
                device, traces.drift(sync, eid), traces.calls(sync, eid), traces.deadLetters(sync, eid), audit.of(eid));
    }
}
