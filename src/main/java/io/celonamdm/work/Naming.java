package io.celonamdm.work;

import io.celonamdm.ledger.device.Device;
import io.celonamdm.ledger.inventory.Names;
import io.celonamdm.sync.Sync;
import org.springframework.stereotype.Component;

/** Gives devices the names that Celona gets. */
@Component
class Naming {
    private final Names names;

    Naming(Names names) {
        this.names = names;
    }

    /** Begins naming a sync's devices in the caller's transaction; until it ends, no other transaction names any. */
    void begin(Sync sync) {
        if (sync.distinctNames().matter()) {
            names.lock(sync.name());
        }
    }

    /** Records what goes out to Celona, so that the next device gets another name. */
    void sends(Device device, String name, String group) {
        names.sends(device.id(), name, group);
    }

    /** The device's name; it is not recorded yet. */
    String nameOf(Sync sync, Device device) {
        return sync.distinctNames()
                .of(
                        sync.names().of(device.mdm(), device.eid()),
                        device.eid(),
                        device.name(),
                        name -> names.isTaken(sync.name(), device.eid(), name));
    }
}
