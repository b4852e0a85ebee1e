package io.celonamdm.work;

import io.celonamdm.celona.Reading;
import io.celonamdm.device.Handover;
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
        List<DeadLetter> dead = new ArrayList<>();
        for (Device device : work.devices()) {
            if (device.signs().seen()) {
                completion.active(work.sync(), device, null, false, null);
            } else if (device.pushReference() == null) {
                dead.addAll(wait(work.sync(), device, ReasonCode.UNCONFIRMED, ""));
            }
        }
        return dead;
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
        Map<String, PushOutcome> byEid = Handover.byEid(Handover.outcomes(answer));
        List<DeadLetter> dead = new ArrayList<>();
        for (Device device : asked(work)) {
            dead.addAll(settle(work.sync(), device, byEid.get(device.eid().value())));
        }
        return dead;
    }

    private List<DeadLetter> settle(Sync sync, Device device, @Nullable PushOutcome outcome) {
        if (outcome instanceof PushOutcome.Acknowledged) {
            facts.acknowledged(device.id());
            completion.active(sync, device, null, true, null);
            return List.of();
        }
        if (outcome instanceof PushOutcome.Waiting waiting) {
            learn(sync, device);
            return wait(sync, device, ReasonCode.UNCONFIRMED, "the command is " + waiting.word());
        }
        if (outcome instanceof PushOutcome.Unlisted unlisted) {
            String why = repeats.sendAgain(sync, device, unlisted.reason());
            return why == null ? List.of() : wait(sync, device, ReasonCode.COMMAND_UNLISTED, why);
        }
        if (outcome instanceof PushOutcome.Again again) {
            facts.forgetCommand(device.id());
            downloadRetry.again(sync, device, Step.PUSH, ReasonCode.COMMAND_FAILED, again.reason(), true);
            return List.of();
        }
        if (outcome instanceof PushOutcome.Failed failed) {
            facts.forgetCommand(device.id());
            return completion.dead(sync, device, failed.code(), failed.reason());
        }
        return wait(sync, device, ReasonCode.UNCONFIRMED, "the platform said nothing about the device");
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

    private List<DeadLetter> wait(Sync sync, Device device, ReasonCode code, String reason) {
        Instant now = clock.instant();
        Instant deadline = device.deadlineAt() == null ? completion.heardOfBy(sync, device) : device.deadlineAt();
        if (!now.isBefore(deadline)) {
            facts.forgetCommand(device.id());
            return completion.dead(
                    sync,
                    device,
                    ReasonCode.NEVER_SEEN,
                    "its eSIM is active since %s, and nothing was heard of the device%s"
                            .formatted(device.signs().activatedAt(), reason.isEmpty() ? "" : "; " + reason));
        }
        boolean asked = device.pushReference() != null;
        Instant again = now.plus(sync.confirm().jittered(device.attempts() + 1, jitter.nextDouble()));
        Instant due = asked && again.isBefore(deadline) ? again : deadline;
        boolean waits = !asked || DownloadRetry.isOver(sync, device, now);
        transitions.retry(List.of(device.id()), Step.CONFIRM, due, code, reason, waits);
        return List.of();
    }
}
