package io.celonamdm.work;

import io.celonamdm.celona.OpCode;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.DeadLetter;
import io.celonamdm.ledger.DeadLetters;
import io.celonamdm.ledger.Device;
import io.celonamdm.ledger.Devices;
import io.celonamdm.ledger.FollowUps;
import io.celonamdm.ledger.Probes;
import io.celonamdm.recovery.Redriver;
import io.celonamdm.settings.MdmSettings.PushWay;
import io.celonamdm.sync.Sync;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How a device's way ends, well or badly; both are told to the MDM where the settings ask for it. */
@Component
class Endings {
    private final Devices devices;
    private final DeadLetters deadLetters;
    private final FollowUps followUps;
    private final Redriver redriver;
    private final Probes probes;

    Endings(Devices devices, DeadLetters deadLetters, FollowUps followUps, Redriver redriver, Probes probes) {
        this.devices = devices;
        this.deadLetters = deadLetters;
        this.followUps = followUps;
        this.redriver = redriver;
        this.probes = probes;
    }

    /** Nothing is left to do for the device. */
    void done(Sync sync, Device device, @Nullable ReasonCode warning) {
        devices.done(device.id(), warning);
        tell(sync, List.of(device.id()));
    }

    /** The device failed for a reason that waiting does not mend. */
    List<DeadLetter> dead(Sync sync, Device device, ReasonCode code, String reason) {
        return dead(sync, List.of(device.id()), code, reason, device.opCode());
    }

    /** The devices failed for a reason that waiting does not mend; those in doubt that were only probed stay in doubt. */
    List<DeadLetter> dead(Sync sync, List<Long> all, ReasonCode code, String reason, @Nullable OpCode redriveWith) {
        List<Long> ids = new ArrayList<>(all);
        List<Long> probed = code == ReasonCode.GIVEN_UP ? List.of() : probes.among(all);
        if (!probed.isEmpty()) {
            probes.over(probed, "the phone could not be told to fetch an eSIM: " + code + ": " + reason);
            ids.removeAll(probed);
        }
        if (ids.isEmpty()) {
            return List.of();
        }
        List<DeadLetter> letters = deadLetters.add(ids, code, reason, redriveWith);
        redriver.schedule(sync, letters.stream().map(DeadLetter::eid).toList());
        tell(sync, ids);
        return letters;
    }

    /** Has the devices' address and state written into the MDM. */
    void tell(Sync sync, List<Long> ids) {
        if (sync.mdm().push().contains(PushWay.ATTRIBUTE)) {
            followUps.add(sync.name(), ids, FollowUps.Kind.ATTRIBUTE);
        }
    }
}
