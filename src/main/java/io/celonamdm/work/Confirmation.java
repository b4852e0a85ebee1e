package io.celonamdm.work;

import io.celonamdm.celona.Reading;
import io.celonamdm.device.PlatformMessages;
import io.celonamdm.device.PushOrder;
import io.celonamdm.device.PushOrder.Target;
import io.celonamdm.device.PushOutcome;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.Step;
import io.celonamdm.ledger.database.OutlastsOutages;
import io.celonamdm.ledger.device.DeadLetter;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.ledger.device.DeviceFacts;
import io.celonamdm.ledger.device.DeviceTransitions;
import io.celonamdm.ledger.run.Readings;
import io.celonamdm.sync.Sync;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The step CONFIRM: the eSIM is active at Celona, and the connector waits for a sign from the device. It polls the
 * command at growing intervals. An eSIM in the inventory, or a person's word, also ends the wait.
 */
@Component
public class Confirmation {
    private final DeviceTransitions transitions;
    private final DeviceFacts facts;
    private final Repeats repeats;
    private final Readings readings;
    private final DeviceCompletion completion;
    private final DownloadRetry downloadRetry;
    private final Clock clock;
    private final RandomGenerator jitter;

    Confirmation(
            DeviceTransitions transitions,
            DeviceFacts facts,
            Repeats repeats,
            Readings readings,
            DeviceCompletion completion,
            DownloadRetry downloadRetry,
            Clock clock,
            RandomGenerator jitter) {
        this.transitions = transitions;
        this.facts = facts;
        this.repeats = repeats;
        this.readings = readings;
        this.completion = completion;
        this.downloadRetry = downloadRetry;
        this.clock = clock;
        this.jitter = jitter;
    }

    /**
     * Settles devices that need no query: those known to have their eSIM, and those without a command.
     *
     * @return the dead letters of those past their deadline
     */
    @Transactional
    public List<DeadLetter> unasked(@ExchangeProperty("work") Work work) {
        List<Device> seen =
                work.devices().stream().filter(device -> device.signs().seen()).toList();
        completion.active(work.sync(), seen, null, false, device -> null);
        List<Device> unasked = work.devices().stream()
                .filter(device -> !device.signs().seen() && device.pushReference() == null)
                .toList();
        return wait(work.sync(), unasked, ReasonCode.UNCONFIRMED, "");
    }

    /** Whether devices remain to be queried in the MDM. */
    public boolean asks(@ExchangeProperty("work") Work work) {
        return !asked(work).isEmpty();
    }

    private static List<Device> asked(Work work) {
        return work.devices().stream()
                .filter(device ->
                        device.pushReference() != null && !device.signs().seen())
                .toList();
    }

    /** Builds the query for the commands' outcomes. */
    public PushOrder question(@ExchangeProperty("work") Work work) {
        return new PushOrder(
                work.sync().name(),
                Objects.requireNonNull(work.devices().get(0).smdp()),
                asked(work).stream()
                        .map(device -> new Target(device.eid().value(), device.mdm(), device.pushReference(), null))
                        .toList());
    }

    /**
     * Advances each device according to the platform's answer.
     *
     * @return the dead letters
     */
    @OutlastsOutages
    @Transactional
    public List<DeadLetter> answered(@ExchangeProperty("work") Work work, @Body @Nullable Object answer) {
        Map<String, PushOutcome> byEid = PlatformMessages.byEid(PlatformMessages.outcomes(answer));
        Sync sync = work.sync();
        List<DeadLetter> dead = new ArrayList<>();
        List<Device> acknowledged = new ArrayList<>();
        Map<Unheard, List<Device>> unheard = new LinkedHashMap<>();
        for (Device device : asked(work)) {
            PushOutcome outcome = byEid.get(device.eid().value());
            if (outcome instanceof PushOutcome.Acknowledged) {
                acknowledged.add(device);
            } else if (outcome instanceof PushOutcome.Again || outcome instanceof PushOutcome.Failed) {
                dead.addAll(failed(sync, device, outcome));
            } else {
                Unheard why = unheard(sync, device, outcome);
                if (why != null) {
                    unheard.computeIfAbsent(why, any -> new ArrayList<>()).add(device);
                }
            }
        }
        if (!acknowledged.isEmpty()) {
            completion.active(sync, acknowledged, null, true, device -> null);
            facts.acknowledged(Device.ids(acknowledged));
        }
        unheard.forEach((why, those) -> dead.addAll(wait(sync, those, why.code, why.reason)));
        return dead;
    }

    /** Why nothing is known of a device. */
    private record Unheard(ReasonCode code, String reason) {}

    private List<DeadLetter> failed(Sync sync, Device device, PushOutcome outcome) {
        facts.forgetCommand(device.id());
        if (outcome instanceof PushOutcome.Again again) {
            downloadRetry.again(sync, device, Step.PUSH, ReasonCode.COMMAND_FAILED, again.reason(), true);
            return List.of();
        }
        PushOutcome.Failed failed = (PushOutcome.Failed) outcome;
        return completion.dead(sync, device, failed.code(), failed.reason());
    }

    /** Why the device waits; null if its command is sent again. */
    private @Nullable Unheard unheard(Sync sync, Device device, @Nullable PushOutcome outcome) {
        if (outcome instanceof PushOutcome.Waiting waiting) {
            learn(sync, device);
            return new Unheard(ReasonCode.UNCONFIRMED, "the command is " + waiting.word());
        }
        if (outcome instanceof PushOutcome.Unlisted unlisted) {
            String why = repeats.sendAgain(sync, device, unlisted.reason());
            return why == null ? null : new Unheard(ReasonCode.COMMAND_UNLISTED, why);
        }
        return new Unheard(ReasonCode.UNCONFIRMED, "the platform said nothing about the device");
    }

    /**
     * Learns that activation needs no download: a phone with an unanswered command cannot have downloaded before the
     * activation. By the first query, the MDM's servers have exchanged earlier answers.
     */
    private void learn(Sync sync, Device device) {
        Instant activated = device.signs().activatedAt();
        if (activated != null
                && !device.signs().seen()
                && device.signs().warning() != ReasonCode.ALREADY_ACTIVE
                && !clock.instant()
                        .isBefore(activated.plus(sync.settings().confirm().first()))) {
            readings.proved(sync.name(), Reading.ASSIGNED, device.eid());
        }
    }

    /** Those that have waited as often are asked about together. */
    private List<DeadLetter> wait(Sync sync, List<Device> all, ReasonCode code, String reason) {
        Instant now = clock.instant();
        double early = jitter.nextDouble();
        List<DeadLetter> dead = new ArrayList<>();
        Map<Wait, List<Long>> together = new LinkedHashMap<>();
        for (Device device : all) {
            Instant deadline =
                    device.deadlineAt() == null ? DeviceCompletion.heardOfBy(sync, device, now) : device.deadlineAt();
            if (!now.isBefore(deadline)) {
                dead.addAll(neverSeen(sync, device, reason));
                continue;
            }
            boolean asked = device.pushReference() != null;
            Instant again = now.plus(sync.confirm().jittered(device.attempts() + 1, early));
            Instant due = asked && again.isBefore(deadline) ? again : deadline;
            boolean waits = !asked || DownloadRetry.isOver(sync, device, now);
            together.computeIfAbsent(new Wait(due, waits), any -> new ArrayList<>())
                    .add(device.id());
        }
        together.forEach((wait, ids) -> transitions.retry(ids, Step.CONFIRM, wait.due, code, reason, wait.waits));
        return dead;
    }

    private record Wait(Instant due, boolean waits) {}

    private List<DeadLetter> neverSeen(Sync sync, Device device, String reason) {
        facts.forgetCommand(device.id());
        return completion.dead(
                sync,
                device,
                ReasonCode.NEVER_SEEN,
                "its eSIM is active since %s, and nothing was heard of the device%s"
                        .formatted(device.signs().activatedAt(), reason.isEmpty() ? "" : "; " + reason));
    }
}
