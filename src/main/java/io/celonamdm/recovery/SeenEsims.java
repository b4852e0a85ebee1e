package io.celonamdm.recovery;

import io.celonamdm.ledger.device.Device;
import io.celonamdm.ledger.device.Sightings;
import io.celonamdm.plan.Comparison;
import io.celonamdm.sync.Sync;
import io.celonamdm.text.Counted;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Searches the inventory for the eSIMs of devices in progress. An eSIM found there was downloaded, whatever the status
 * of its command: nothing more is pushed, and a dead letter whose phone works continues by itself.
 */
@Component
@Transactional
public class SeenEsims {
    private static final Logger LOG = LoggerFactory.getLogger(SeenEsims.class);

    private final Sightings sightings;
    private final Redriver redriver;

    SeenEsims(Sightings sightings, Redriver redriver) {
        this.sightings = sightings;
        this.redriver = redriver;
    }

    /** Continues each device whose eSIM the inventory shows. */
    public void follow(Sync sync) {
        int seen = sightings
                .candidates(sync.name())
                .mapToInt(devices -> follow(sync, devices))
                .sum();
        if (seen > 0) {
            LOG.info("the inventory shows the eSIM of {} on the way to it", Counted.words(seen, "device"));
        }
    }

    private int follow(Sync sync, List<Device> candidates) {
        List<Device> shown = candidates.stream()
                .filter(device -> Comparison.shows(device.iccid(), device.mdm()))
                .toList();
        if (!shown.isEmpty()) {
            sightings.seen(Device.ids(shown), sync.celona().opCode());
            redriver.seen(sync, shown);
        }
        return shown.size();
    }
}
