package io.celonamdm.work;

import io.celonamdm.esim.Eid;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.ledger.inventory.Names;
import io.celonamdm.sync.Sync;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Gives devices the names that Celona gets. */
@Component
class Naming {
    private final Names names;

    Naming(Names names) {
        this.names = names;
    }

    /**
     * Begins naming devices of a sync in the caller's transaction; until it ends, no other transaction names any.
     *
     * @param devices the devices of one call
     */
    Batch begin(Sync sync, List<Device> devices) {
        if (!sync.distinctNames().matter()) {
            return new Batch(sync, Set.of());
        }
        names.lock(sync.name());
        Map<Eid, String> wanted = new LinkedHashMap<>();
        devices.forEach(device -> wanted.put(device.eid(), wanted(sync, device)));
        return new Batch(sync, names.taken(sync.name(), wanted));
    }

    private static String wanted(Sync sync, Device device) {
        return sync.names().of(device.mdm(), device.eid());
    }

    /** The names of the devices of one call. The journal records them, all in one statement. */
    final class Batch {
        private final Sync sync;
        private final Set<Eid> taken;
        private final Set<String> given = new HashSet<>();
        private boolean renamed;

        private Batch(Sync sync, Set<Eid> taken) {
            this.sync = sync;
            this.taken = taken;
        }

        /** The device's name; no device that is named later in the same transaction gets it. */
        String nameOf(Device device, String group) {
            String wanted = wanted(sync, device);
            String name = sync.distinctNames()
                    .of(
                            wanted,
                            device.eid(),
                            device.name(),
                            each -> given.contains(each) || isTaken(device, each, wanted));
            if (device.name() != null && !device.name().equals(name)) {
                // at once: a later device may get the name that it had
                names.sends(device.id(), name, group);
                renamed = true;
            }
            given.add(name);
            return name;
        }

        private boolean isTaken(Device device, String name, String wanted) {
            boolean known = name.equals(wanted) && !(renamed && taken.contains(device.eid()));
            return known ? taken.contains(device.eid()) : names.isTaken(sync.name(), device.eid(), name);
        }
    }
}
