package io.celonamdm.work;

import io.celonamdm.celona.ActivationJudge;
import io.celonamdm.celona.ActivationResult;
import io.celonamdm.celona.ActivationRow;
import io.celonamdm.celona.Earlier;
import io.celonamdm.celona.OpCode;
import io.celonamdm.celona.Part;
import io.celonamdm.celona.Reading;
import io.celonamdm.celona.Verdict;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.Step;
import io.celonamdm.ledger.device.DeadLetter;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.ledger.device.Device.Signs;
import io.celonamdm.ledger.device.DeviceFacts;
import io.celonamdm.ledger.device.DeviceTransitions;
import io.celonamdm.ledger.device.EarlierCalls;
import io.celonamdm.ledger.device.Journal;
import io.celonamdm.ledger.run.Readings;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.ActivationCall.Item;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** Applies the result of an activation to one device. */
@Component
class ActivationVerdicts {
    private final ActivationJudge judge = new ActivationJudge();
    private final DeviceTransitions transitions;
    private final DeviceFacts facts;
    private final Journal journal;
    private final EarlierCalls calls;
    private final Readings readings;
    private final DeviceCompletion completion;
    private final DownloadRetry downloadRetry;
    private final Quarantines quarantines;
    private final Clock clock;

    ActivationVerdicts(
            DeviceTransitions transitions,
            DeviceFacts facts,
            Journal journal,
            EarlierCalls calls,
            Readings readings,
            DeviceCompletion completion,
            DownloadRetry downloadRetry,
            Quarantines quarantines,
            Clock clock) {
        this.transitions = transitions;
        this.facts = facts;
        this.journal = journal;
        this.calls = calls;
        this.readings = readings;
        this.completion = completion;
        this.downloadRetry = downloadRetry;
        this.quarantines = quarantines;
        this.clock = clock;
    }

    List<DeadLetter> settle(Sync sync, ActivationCall call, Item item, ActivationResult result) {
        Device device = item.device();
        ActivationRow row = item.row();
        OpCode op = call.op();
        Earlier earlier = new Earlier(
                calls.activatedBefore(call.entry(), row.iccid())
                        || (isPossible(sync, device) && calls.mayHaveActivated(call.entry(), row.iccid())),
                calls.groupedBefore(call.entry(), row.iccid(), row.group()));
        Verdict verdict = judge.judge(result, op, earlier);
        boolean done = verdict instanceof Verdict.Done;
        boolean activated = result.activation() instanceof Part.Ok || (done && op.activates());
        boolean grouped = result.group() instanceof Part.Ok || (done && op.groups());
        journal.reached(call.entry(), device.id(), activated, grouped);
        facts.reached(device.id(), activated, grouped);
        if (result.activation() instanceof Part.Ok) {
            learn(sync, device);
        }
        if (verdict instanceof Verdict.Done well) {
            completion.active(sync, device, well.warnings().stream().findFirst().orElse(null));
            return List.of();
        }
        if (verdict instanceof Verdict.Later later) {
            if (later.code() == ReasonCode.NOT_PROVISIONED && notProvisioned(sync, device, op)) {
                return List.of();
            }
            // first query a command with an unknown outcome: the phone may have failed it
            Step step = device.pushReference() == null ? Step.ACTIVATE : Step.PUSH;
            return downloadRetry.wait(sync, device, step, later.code(), later.reason());
        }
        if (verdict instanceof Verdict.AccountProblem problem) {
            refused(sync, call, device, problem);
            return List.of();
        }
        Verdict.Dead dead = (Verdict.Dead) verdict;
        if (dead.code() == ReasonCode.GROUP_UNKNOWN && device.signs().warning() == ReasonCode.ALREADY_ACTIVE) {
            // anyone who activated it also put it into a group, so the phone works
            facts.reached(device.id(), true, true);
            completion.active(sync, device, ReasonCode.GROUP_UNKNOWN);
            return List.of();
        }
        if (groupIsOpen(dead, op, earlier)) {
            transitions.regroup(device.id(), clock.instant(), null);
            return List.of();
        }
        return completion.dead(sync, List.of(device.id()), dead.code(), dead.reason(), dead.redriveWith());
    }

    /**
     * Holds a device whose rule the refusal is about. The others of such a call may have been refused only because of it,
     * and are sent again without it; otherwise the sync stops.
     */
    private void refused(Sync sync, ActivationCall call, Device device, Verdict.AccountProblem problem) {
        List<Long> blamed = call.blamed(sync, problem.code());
        if (blamed.contains(device.id())) {
            transitions.hold(List.of(device.id()), problem.code(), problem.reason());
            return;
        }
        Instant again = blamed.isEmpty() ? quarantines.open(sync, problem.code(), problem.reason()) : clock.instant();
        transitions.retry(List.of(device.id()), Step.ACTIVATE, again, problem.code(), problem.reason(), false);
    }

    /** Whether a call without an answer can have activated the eSIM, which the phone may not have downloaded yet. */
    private boolean isPossible(Sync sync, Device device) {
        return device.signs().acknowledged() || device.signs().seen() || isActivatedUndownloaded(sync);
    }

    private boolean isActivatedUndownloaded(Sync sync) {
        return switch (sync.celona().provisioned()) {
            case ASSIGNED -> true;
            case DOWNLOADED -> false;
            case LEARN ->
                readings.of(sync.name()).filter(Reading.ASSIGNED::equals).isPresent();
        };
    }

    /** Learns that activation needs a download, if it was refused before and accepted after one. */
    private void learn(Sync sync, Device device) {
        Signs signs = device.signs();
        if (signs.refusedAt() != null && signs.activatedAt() == null && (signs.acknowledged() || signs.seen())) {
            readings.proved(sync.name(), Reading.DOWNLOADED, device.eid());
        }
    }

    /**
     * Handles Celona's answer that the eSIM is not "Provisioned". If that can only mean that it is already active, only
     * its group remains to be settled.
     *
     * @return whether the device continues; if not, the eSIM may not be downloaded yet, and the step is retried
     */
    private boolean notProvisioned(Sync sync, Device device, OpCode op) {
        if (!op.activates()) {
            if (device.signs().warning() == ReasonCode.ALREADY_ACTIVE) {
                facts.notActive(device.id());
            }
            return false;
        }
        facts.refused(device.id());
        boolean active = device.signs().seen() || isActivatedUndownloaded(sync);
        // once it turned out not to be active, the two readings are tried in turn
        if (!active || device.attempts() % 2 == 1) {
            return false;
        }
        facts.reached(device.id(), true, false);
        if (op.groups()) {
            transitions.regroup(device.id(), clock.instant(), ReasonCode.ALREADY_ACTIVE);
        } else {
            completion.active(sync, device, ReasonCode.ALREADY_ACTIVE);
        }
        return true;
    }

    /** A call repeated after an activation says nothing about the group; only DG_ASSIGN settles it. */
    private static boolean groupIsOpen(Verdict.Dead dead, OpCode op, Earlier earlier) {
        return dead.code() == ReasonCode.UNACCOUNTED
                && dead.redriveWith() == OpCode.DG_ASSIGN
                && op != OpCode.DG_ASSIGN
                && earlier.activated();
    }
}
