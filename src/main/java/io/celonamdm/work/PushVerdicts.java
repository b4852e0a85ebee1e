package io.celonamdm.work;

import io.celonamdm.celona.OpCode;
import io.celonamdm.device.PushOutcome;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.Step;
import io.celonamdm.ledger.device.DeadLetter;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.ledger.device.DeviceFacts;
import io.celonamdm.ledger.device.DeviceTransitions;
import io.celonamdm.settings.mdm.MdmSettings.CommandProgress;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.call.PushCall;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Applies the platform's answer about a push to its devices. */
@Component
class PushVerdicts {
    private final DeviceTransitions transitions;
    private final DeviceFacts facts;
    private final DeviceCompletion completion;
    private final DownloadRetry downloadRetry;
    private final Repeats repeats;
    private final Probing probing;
    private final Clock clock;

    PushVerdicts(
            DeviceTransitions transitions,
            DeviceFacts facts,
            DeviceCompletion completion,
            DownloadRetry downloadRetry,
            Repeats repeats,
            Probing probing,
            Clock clock) {
        this.transitions = transitions;
        this.facts = facts;
        this.completion = completion;
        this.downloadRetry = downloadRetry;
        this.repeats = repeats;
        this.probing = probing;
        this.clock = clock;
    }

    /** Handles a sync whose settings send no command: its devices get the address in other ways. */
    void nothingToSend(Sync sync, List<Device> reached) {
        facts.commanded(reached, Map.of(), deadline(sync));
        follow(sync, reached);
        goOn(sync, reached, Map.of(), false, clock.instant());
    }

    /**
     * Advances the devices of a call: those with the same outcome together.
     *
     * @param byEid the outcomes
     * @param since the intent times of calls that may have sent a device a command
     */
    List<DeadLetter> settle(Sync sync, PushCall call, Map<String, PushOutcome> byEid, Map<Long, Instant> since) {
        List<DeadLetter> dead = new ArrayList<>();
        Map<Long, String> references = new LinkedHashMap<>();
        List<Device> sent = new ArrayList<>();
        List<Device> untold = new ArrayList<>();
        List<Device> acknowledged = new ArrayList<>();
        Map<String, List<Device>> waiting = new LinkedHashMap<>();
        for (Device device : call.devices()) {
            PushOutcome outcome = byEid.get(device.eid().value());
            if (outcome instanceof PushOutcome.Unlisted unlisted) {
                dead.addAll(unlisted(sync, device, call.entry(), since, unlisted.reason()));
            } else if (Probing.is(device)) {
                probing.settle(sync, device, outcome);
            } else if (outcome instanceof PushOutcome.Sent command) {
                (command.reference().isBlank() ? untold : sent).add(device);
                references.put(device.id(), command.reference());
            } else if (outcome instanceof PushOutcome.Acknowledged) {
                acknowledged.add(device);
            } else if (outcome instanceof PushOutcome.Waiting still) {
                waiting.computeIfAbsent(still.word(), word -> new ArrayList<>()).add(device);
            } else {
                dead.addAll(failed(sync, device, outcome));
            }
        }
        references.values().removeIf(String::isBlank);
        sent(sync, sent, references);
        // a command without a reference cannot be queried, so the activation waits for nothing
        told(sync, untold);
        goOn(sync, untold, Map.of(), false, clock.instant());
        acknowledged(sync, acknowledged);
        waiting.forEach((word, those) -> dead.addAll(waiting(sync, those, word)));
        return dead;
    }

    private List<DeadLetter> unlisted(Sync sync, Device device, long entry, Map<Long, Instant> since, String reason) {
        if (Pushing.isSentTo(device, since)) {
            downloadRetry.again(sync, device, Step.PUSH, ReasonCode.COMMAND_UNLISTED, reason, false);
            return List.of();
        }
        return repeats.unlisted(sync, device, entry, since.get(device.id()), reason);
    }

    private List<DeadLetter> failed(Sync sync, Device device, @Nullable PushOutcome outcome) {
        if (outcome instanceof PushOutcome.Again again) {
            facts.forgetCommand(device.id());
            return downloadRetry.wait(sync, device, Step.PUSH, ReasonCode.COMMAND_FAILED, again.reason());
        }
        if (outcome instanceof PushOutcome.Failed failed) {
            facts.forgetCommand(device.id());
            return completion.dead(sync, device, failed.code(), failed.reason());
        }
        return completion.dead(sync, device, ReasonCode.UNACCOUNTED, "the platform answered nothing about the device");
    }

    private void sent(Sync sync, List<Device> sent, Map<Long, String> references) {
        if (sent.isEmpty()) {
            return;
        }
        List<Device> active = active(sync, sent);
        List<Device> inactive = inactive(sync, sent);
        Instant activation = clock.instant().plus(firstActivation(sync));
        if (sync.mdm().await() != CommandProgress.SENT) {
            facts.commanded(sent, references, deadline(sync));
            if (!inactive.isEmpty()) {
                Instant due = clock.instant().plus(sync.celona().provision().first());
                transitions.retry(Device.ids(inactive), Step.PUSH, due, null, "", false);
            }
        } else {
            facts.commanded(active, references, deadline(sync));
            transitions.activate(inactive, references, deadline(sync), activation);
        }
        follow(sync, sent);
        goOn(sync, active, references, false, activation);
    }

    private void acknowledged(Sync sync, List<Device> those) {
        if (!those.isEmpty()) {
            told(sync, those);
            goOn(sync, those, Map.of(), true, clock.instant());
            facts.acknowledged(Device.ids(those));
        }
    }

    private List<DeadLetter> waiting(Sync sync, List<Device> those, String word) {
        completion.active(sync, active(sync, those), null, false, Device::pushReference);
        return downloadRetry.wait(
                sync, inactive(sync, those), Step.PUSH, ReasonCode.NOT_PROVISIONED, "the command is " + word);
    }

    private void told(Sync sync, List<Device> those) {
        List<Device> first =
                those.stream().filter(device -> device.pushedAt() == null).toList();
        if (!first.isEmpty()) {
            facts.commanded(first, Map.of(), deadline(sync));
            follow(sync, first);
        }
    }

    /** Continues devices that were told where their eSIMs are: activates those that are not active already. */
    private void goOn(Sync sync, List<Device> those, Map<Long, String> references, boolean acknowledged, Instant due) {
        completion.active(sync, active(sync, those), null, acknowledged, device -> references.get(device.id()));
        List<Long> inactive = Device.ids(inactive(sync, those));
        if (!inactive.isEmpty()) {
            transitions.activate(inactive, acknowledged, due);
        }
    }

    private static List<Device> active(Sync sync, List<Device> those) {
        OpCode op = sync.celona().opCode();
        return those.stream().filter(device -> device.isActive(op)).toList();
    }

    private static List<Device> inactive(Sync sync, List<Device> those) {
        OpCode op = sync.celona().opCode();
        return those.stream().filter(device -> !device.isActive(op)).toList();
    }

    /** A sync whose later waits are shorter than the usual first one waits no longer for that either. */
    private static Duration firstActivation(Sync sync) {
        Duration first = sync.celona().provision().first();
        return first.compareTo(DueWork.FIRST_ACTIVATION) < 0 ? first : DueWork.FIRST_ACTIVATION;
    }

    private Instant deadline(Sync sync) {
        return clock.instant().plus(sync.celona().provision().deadline());
    }

    private void follow(Sync sync, List<Device> those) {
        completion.queueState(sync, Device.ids(those));
        completion.queueProfile(sync, those);
    }
}
