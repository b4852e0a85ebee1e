package io.celonamdm.work;

import io.celonamdm.celona.OpCode;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.DeadLetter;
import io.celonamdm.ledger.DeadLetters;
import io.celonamdm.ledger.Device;
import io.celonamdm.ledger.Devices;
import io.celonamdm.ledger.FollowUps;
import io.celonamdm.recovery.Redriver;
import io.celonamdm.settings.MdmSettings.PushWay;
import io.celonamdm.sync.Sync;
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

    Endings(Devices devices, DeadLetters deadLetters, FollowUps followUps, Redriver redriver) {
        this.devices = devices;
        this.deadLetters = deadLetters;
        this.followUps = followUps;
        this.redriver = redriver;
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

    /** The devices failed for a reason that waiting does not mend. */
    List<DeadLetter> dead(Sync sync, List<Long> ids, ReasonCode code, String reason, @Nullable OpCode redriveWith) {
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
