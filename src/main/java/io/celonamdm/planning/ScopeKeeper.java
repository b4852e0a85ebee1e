package io.celonamdm.planning;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.device.DeviceTransitions;
import io.celonamdm.ledger.inventory.ScopedDevices;
import io.celonamdm.ledger.inventory.ScopedDevices.OnItsWay;
import io.celonamdm.sync.Sync;
import io.celonamdm.text.Counted;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Holds devices that leave the inventory or the sync's scope before they are done, continues those that return, and takes
 * over those that another sync lost.
 */
@Component
class ScopeKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(ScopeKeeper.class);

    private final Takeovers takeovers;
    private final ScopedDevices scopedDevices;
    private final DeviceTransitions transitions;

    ScopeKeeper(Takeovers takeovers, ScopedDevices scopedDevices, DeviceTransitions transitions) {
        this.takeovers = takeovers;
        this.scopedDevices = scopedDevices;
        this.transitions = transitions;
    }

    void keep(Sync sync) {
        takeovers.follow(sync);
        int gone = transitions.holdGone(sync.name());
        int returned = transitions.releaseReturned(sync.name());
        if (gone + returned > 0) {
            LOG.info("{} gone and held; {} back to work", Counted.are(gone, "device"), returned);
        }
        follow(sync);
    }

    private void follow(Sync sync) {
        int left = 0;
        int back = 0;
        // an open scope only continues devices
        Iterator<List<OnItsWay>> parts =
                scopedDevices.shown(sync.name(), sync.scope().isOpen()).iterator();
        while (parts.hasNext()) {
            List<Long> released = new ArrayList<>();
            for (OnItsWay device : parts.next()) {
                Optional<String> leftOut = sync.scope().leavesOut(device.mdm(), device.eid());
                if (leftOut.isPresent() && !device.held()) {
                    transitions.hold(List.of(device.id()), ReasonCode.OUT_OF_SCOPE, leftOut.get());
                    left++;
                } else if (leftOut.isEmpty() && device.held()) {
                    released.add(device.id());
                }
            }
            if (!released.isEmpty()) {
                transitions.releaseInScope(released);
                back += released.size();
            }
        }
        if (left + back > 0) {
            LOG.info("{} out of scope and held; {} back in it", Counted.are(left, "device"), back);
        }
    }
}
