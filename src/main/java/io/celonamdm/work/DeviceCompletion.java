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
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Completes devices, as done or as dead letters, and has either written into the MDM if the settings ask for it. */
@Component
public class DeviceCompletion {
    private final Devices devices;
    private final DeadLetters deadLetters;
    private final FollowUps followUps;
    private final Redriver redriver;
    private final Probes probes;
    private final Clock clock;

    DeviceCompletion(
            Devices devices,
            DeadLetters deadLetters,
            FollowUps followUps,
            Redriver redriver,
            Probes probes,
            Clock clock) {
        this.devices = devices;
        this.deadLetters = deadLetters;
        this.followUps = followUps;
        this.redriver = redriver;
        this.probes = probes;
        this.clock = clock;
    }

    /**
     * The eSIM is active, and nothing is left to do at Celona: the device is done if there is a sign of it that is enough,
     * and waits for one otherwise.
     *
     * @param warning what is remarkable about the activation; null if nothing
     * @param acknowledged whether the device has acknowledged its command
     * @param reference the MDM's id of a command that can be asked about; null if there is none
     */
    void active(
            Sync sync, Device device, @Nullable ReasonCode warning, boolean acknowledged, @Nullable String reference) {
        if (sync.settings().doneWhen().isMet(acknowledged, device.signs().seen())) {
            devices.done(device.id(), warning);
            tell(sync, List.of(device.id()));
            return;
        }
        Instant now = clock.instant();
        Instant deadline = heardOfBy(sync, device);
        if (deadline.isBefore(now.plus(sync.settings().confirm().max()))) {
            // pushed once more, long after its activation
            deadline = now.plus(sync.settings().confirm().deadline());
        }
        Instant first = now.plus(sync.settings().confirm().first());
        boolean asked = reference != null;
        devices.confirm(
                device.id(),
                asked ? first : deadline,
                deadline,
                !asked || DownloadRetry.isOver(sync, device, now),
                warning);
        tell(sync, List.of(device.id()));
    }

    /** The same for a device of which nothing is known but what the ledger has. */
    void active(Sync sync, Device device, @Nullable ReasonCode warning) {
        active(sync, device, warning, device.signs().acknowledged(), device.pushReference());
    }

    /** Until when a device whose eSIM is active must have been heard of, by its activation. */
    Instant heardOfBy(Sync sync, Device device) {
        Instant activated = device.signs().activatedAt();
        return (activated == null ? clock.instant() : activated)
                .plus(sync.settings().confirm().deadline());
    }

    /** The device failed for a reason that waiting does not mend. */
    List<DeadLetter> dead(Sync sync, Device device, ReasonCode code, String reason) {
        return dead(sync, List.of(device.id()), code, reason, device.opCode());
    }

    /** The devices failed for a reason that waiting does not mend; those in doubt that were only probed stay in doubt. */
    public List<DeadLetter> dead(
            Sync sync, List<Long> all, ReasonCode code, String reason, @Nullable OpCode redriveWith) {
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

    /** Queues the devices' address and state to be written into the MDM, if the settings ask for it. */
    void tell(Sync sync, List<Long> ids) {
        if (sync.mdm().push().contains(PushWay.ATTRIBUTE)) {
            followUps.add(sync.name(), ids, FollowUps.Kind.ATTRIBUTE);
        }
    }
}
