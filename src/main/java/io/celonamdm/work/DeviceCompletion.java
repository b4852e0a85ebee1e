package io.celonamdm.work;

import io.celonamdm.celona.OpCode;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.device.DeadLetter;
import io.celonamdm.ledger.device.DeadLetters;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.ledger.device.DeviceFacts.Reached;
import io.celonamdm.ledger.device.DeviceTransitions;
import io.celonamdm.ledger.device.FollowUps;
import io.celonamdm.ledger.device.Probes;
import io.celonamdm.recovery.Redriver;
import io.celonamdm.settings.mdm.MdmSettings.PushWay;
import io.celonamdm.sync.Sync;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Completes devices, as done or as dead letters, and queues their state for the MDM if the settings ask for it. */
@Component
public class DeviceCompletion {
    private final DeviceTransitions transitions;
    private final DeadLetters deadLetters;
    private final FollowUps followUps;
    private final Redriver redriver;
    private final Probes probes;
    private final Clock clock;

    DeviceCompletion(
            DeviceTransitions transitions,
            DeadLetters deadLetters,
            FollowUps followUps,
            Redriver redriver,
            Probes probes,
            Clock clock) {
        this.transitions = transitions;
        this.deadLetters = deadLetters;
        this.followUps = followUps;
        this.redriver = redriver;
        this.probes = probes;
        this.clock = clock;
    }

    /**
     * Handles active eSIMs with nothing left to do at Celona: a device is done if there is a sufficient sign of it, and
     * otherwise waits for one.
     *
     * @param warning what is remarkable about the activations; null if nothing
     * @param acknowledged whether the devices have acknowledged their commands
     * @param reference the MDM's id of a device's command that can be queried; null for none
     */
    void active(
            Sync sync,
            List<Device> all,
            @Nullable ReasonCode warning,
            boolean acknowledged,
            Function<Device, @Nullable String> reference) {
        active(sync, all, Reached.NOTHING, warning, acknowledged, reference);
    }

    private void active(
            Sync sync,
            List<Device> all,
            Reached reached,
            @Nullable ReasonCode warning,
            boolean acknowledged,
            Function<Device, @Nullable String> reference) {
        Instant now = clock.instant();
        List<Long> done = new ArrayList<>();
        Map<Sign, List<Long>> awaited = new LinkedHashMap<>();
        for (Device device : all) {
            if (sync.settings().doneWhen().isMet(acknowledged, device.signs().seen())) {
                done.add(device.id());
            } else {
                Sign sign = sign(sync, device, reference.apply(device) != null, now);
                awaited.computeIfAbsent(sign, any -> new ArrayList<>()).add(device.id());
            }
        }
        if (!done.isEmpty()) {
            transitions.finish(done, acknowledged, reached, warning);
        }
        awaited.forEach((sign, ids) ->
                transitions.confirm(ids, acknowledged, sign.due, sign.deadline, sign.waits, reached, warning));
        queueState(sync, Device.ids(all));
        // the inventory alone has shown their eSIMs, so no push has queued them
        queueProfile(
                sync, all.stream().filter(device -> device.pushedAt() == null).toList());
    }

    /** How a sign of a device is waited for. */
    private record Sign(Instant due, Instant deadline, boolean waits) {}

    private static Sign sign(Sync sync, Device device, boolean asked, Instant now) {
        Instant deadline = heardOfBy(sync, device, now);
        if (deadline.isBefore(now.plus(sync.settings().confirm().max()))) {
            // pushed again, long after its activation
            deadline = now.plus(sync.settings().confirm().deadline());
        }
        Instant first = now.plus(sync.settings().confirm().first());
        return new Sign(asked ? first : deadline, deadline, !asked || DownloadRetry.isOver(sync, device, now));
    }

    /**
     * The same with only what the ledger knows about the devices.
     *
     * @param reached what a call has just reached for them, which is recorded with what follows from it
     */
    void active(Sync sync, List<Device> all, Reached reached, @Nullable ReasonCode warning) {
        Map<Boolean, List<Device>> byAcknowledged = all.stream()
                .collect(Collectors.partitioningBy(device -> device.signs().acknowledged()));
        byAcknowledged.forEach((acknowledged, those) -> {
            if (!those.isEmpty()) {
                active(sync, those, reached, warning, acknowledged, Device::pushReference);
            }
        });
    }

    /** The deadline for a sign from a device with an active eSIM, counted from its activation. */
    static Instant heardOfBy(Sync sync, Device device, Instant now) {
        Instant activated = device.signs().activatedAt();
        return (activated == null ? now : activated)
                .plus(sync.settings().confirm().deadline());
    }

    /** Makes the device a dead letter; waiting does not fix the reason. */
    List<DeadLetter> dead(Sync sync, Device device, ReasonCode code, String reason) {
        return dead(sync, List.of(device.id()), code, reason, device.opCode());
    }

    /** Makes devices dead letters; waiting does not fix the reason. Probed devices in doubt stay in doubt. */
    public List<DeadLetter> dead(
            Sync sync, List<Long> all, ReasonCode code, String reason, @Nullable OpCode redriveWith) {
        List<Long> ids = new ArrayList<>(all);
        List<Long> probed = code == ReasonCode.GIVEN_UP ? List.of() : probes.among(all);
        if (!probed.isEmpty()) {
            transitions.probed(probed, "the phone could not be told to fetch an eSIM: " + code + ": " + reason);
            ids.removeAll(probed);
        }
        if (ids.isEmpty()) {
            return List.of();
        }
        List<DeadLetter> letters = deadLetters.add(ids, code, reason, redriveWith);
        redriver.schedule(sync, letters.stream().map(DeadLetter::eid).toList());
        queueState(sync, ids);
        return letters;
    }

    /** Queues the devices' address and state for the MDM, if the settings ask for it. */
    void queueState(Sync sync, List<Long> ids) {
        if (sync.mdm().push().contains(PushWay.ATTRIBUTE)) {
            followUps.add(sync.name(), ids, FollowUps.Kind.ATTRIBUTE);
        }
    }

    /** Queues the devices for the private-network profile, if the settings ask for it. */
    void queueProfile(Sync sync, List<Device> all) {
        if (sync.mdm().push().contains(PushWay.PROFILE)) {
            followUps.add(sync.name(), Device.ids(all), FollowUps.Kind.PROFILE);
        }
    }
}
