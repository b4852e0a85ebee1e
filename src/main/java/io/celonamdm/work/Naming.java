package io.celonamdm.work;

import io.celonamdm.ledger.device.Device;
import io.celonamdm.ledger.inventory.Names;
import io.celonamdm.sync.Sync;
import org.springframework.stereotype.Component;

/** Gives devices the names under which they go out to Celona. */
@Component
class Naming {
    private final Names names;

    Naming(Names names) {
        this.names = names;
    }

    /** Begins to name devices of a sync, in the caller's transaction; no other one names any until it ends. */
    void begin(Sync sync) {
        if (sync.distinctNames().matter()) {
            names.lock(sync.name());
        }
    }

    /** The device's name, which is not recorded yet. */
    String nameOf(Sync sync, Device device) {
        return sync.distinctNames()
                .of(
                        sync.names().of(device.mdm(), device.eid()),
                        device.eid(),
                        device.name(),
                        name -> names.isTaken(sync.name(), device.eid(), name));
    }
}
