package io.celonamdm.work;

import io.celonamdm.device.PushOutcome;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.Step;
import io.celonamdm.ledger.device.DeadLetter;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.ledger.device.DeviceFacts;
import io.celonamdm.ledger.device.DeviceTransitions;
import io.celonamdm.ledger.device.FollowUps;
import io.celonamdm.ledger.inventory.DriftChecks;
import io.celonamdm.settings.MdmSettings.CommandProgress;
import io.celonamdm.settings.MdmSettings.PushWay;
import io.celonamdm.sync.Sync;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Applies the platform's answer about a push to one device. */
@Component
class PushVerdicts {
    private final DeviceTransitions transitions;
    private final DeviceFacts facts;
    private final DriftChecks driftChecks;
    private final FollowUps followUps;
    private final DeviceCompletion completion;
    private final DownloadRetry downloadRetry;
    private final Repeats repeats;
    private final Probing probing;
    private final Clock clock;

    PushVerdicts(
            DeviceTransitions transitions,
            DeviceFacts facts,
            DriftChecks driftChecks,
            FollowUps followUps,
            DeviceCompletion completion,
            DownloadRetry downloadRetry,
            Repeats repeats,
            Probing probing,
            Clock clock) {
        this.transitions = transitions;
        this.facts = facts;
        this.driftChecks = driftChecks;
        this.followUps = followUps;
        this.completion = completion;
        this.downloadRetry = downloadRetry;
        this.repeats = repeats;
        this.probing = probing;
        this.clock = clock;
    }

    /** Handles a sync whose settings send no command: its devices get the address in other ways. */
    void nothingToSend(Sync sync, List<Device> reached) {
        List<Long> ids = reached.stream().map(Device::id).toList();
        ids.forEach(id -> facts.commanded(id, null, deadline(sync)));
        reached.forEach(driftChecks::pushedTo);
        follow(sync, ids);
        reached.forEach(device -> goOn(sync, device, null, false, clock.instant()));
    }

    /**
     * Advances a device.
     *
     * @param entry the journal entry of the call
     * @param since the intent time of a call that may have sent the device a command; null for none
     */
    List<DeadLetter> settle(
            Sync sync, Device device, @Nullable PushOutcome outcome, long entry, @Nullable Instant since) {
        if (outcome instanceof PushOutcome.Unlisted unlisted) {
            return repeats.unlisted(sync, device, entry, since, unlisted.reason());
        }
        if (Probing.is(device)) {
            probing.settle(sync, device, outcome);
            return List.of();
        }
        if (outcome == null) {
            return completion.dead(
                    sync, device, ReasonCode.UNACCOUNTED, "the platform answered nothing about the device");
        }
        if (outcome instanceof PushOutcome.Sent sent && !sent.reference().isBlank()) {
            sent(sync, device, sent.reference());
            return List.of();
        }
        if (outcome instanceof PushOutcome.Sent) {
            // a command without a reference cannot be queried, so the activation waits for nothing
            told(sync, device);
            goOn(sync, device, null, false, clock.instant());
            return List.of();
        }
        if (outcome instanceof PushOutcome.Acknowledged) {
            told(sync, device);
            facts.acknowledged(device.id());
            goOn(sync, device, null, true, clock.instant());
            return List.of();
        }
        if (outcome instanceof PushOutcome.Waiting && isActive(sync, device)) {
            completion.active(sync, device, null, false, device.pushReference());
            return List.of();
        }
        if (outcome instanceof PushOutcome.Waiting waiting) {
            return downloadRetry.wait(
                    sync, device, Step.PUSH, ReasonCode.NOT_PROVISIONED, "the command is " + waiting.word());
        }
        if (outcome instanceof PushOutcome.Again again) {
            facts.forgetCommand(device.id());
            return downloadRetry.wait(sync, device, Step.PUSH, ReasonCode.COMMAND_FAILED, again.reason());
        }
        PushOutcome.Failed failed = (PushOutcome.Failed) outcome;
        facts.forgetCommand(device.id());
        return completion.dead(sync, device, failed.code(), failed.reason());
    }

    private void sent(Sync sync, Device device, String reference) {
        List<Long> ids = List.of(device.id());
        facts.commanded(device.id(), reference, deadline(sync));
        driftChecks.pushedTo(device);
        follow(sync, ids);
        if (sync.mdm().await() == CommandProgress.SENT || isActive(sync, device)) {
            goOn(sync, device, reference, false, clock.instant().plus(firstActivation(sync)));
        } else {
            Instant due = clock.instant().plus(sync.celona().provision().first());
            transitions.retry(ids, Step.PUSH, due, null, "", false);
        }
    }

    private void told(Sync sync, Device device) {
        if (device.pushedAt() == null) {
            facts.commanded(device.id(), null, deadline(sync));
            driftChecks.pushedTo(device);
            follow(sync, List.of(device.id()));
        }
    }

    /** Continues a device that was told where its eSIM is: activates it, unless it is already active. */
    private void goOn(Sync sync, Device device, @Nullable String reference, boolean acknowledged, Instant due) {
        if (isActive(sync, device)) {
            completion.active(sync, device, null, acknowledged, reference);
        } else {
            transitions.activate(device.id(), due);
        }
    }

    private static boolean isActive(Sync sync, Device device) {
        return device.isActive(sync.celona().opCode());
    }

    /** A sync whose later waits are shorter than the usual first one waits no longer for that either. */
    private static Duration firstActivation(Sync sync) {
        Duration first = sync.celona().provision().first();
        return first.compareTo(DueWork.FIRST_ACTIVATION) < 0 ? first : DueWork.FIRST_ACTIVATION;
    }

    private Instant deadline(Sync sync) {
        return clock.instant().plus(sync.celona().provision().deadline());
    }

    private void follow(Sync sync, List<Long> ids) {
        completion.tell(sync, ids);
        if (sync.mdm().push().contains(PushWay.PROFILE)) {
            followUps.add(sync.name(), ids, FollowUps.Kind.PROFILE);
        }
    }
}
