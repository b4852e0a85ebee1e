package io.celonamdm.work;

import io.celonamdm.celona.ActivationJudge;
import io.celonamdm.celona.ActivationResult;
import io.celonamdm.celona.ActivationRow;
import io.celonamdm.celona.Earlier;
import io.celonamdm.celona.OpCode;
import io.celonamdm.celona.Part;
import io.celonamdm.celona.Verdict;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.Step;
import io.celonamdm.ledger.DeadLetter;
import io.celonamdm.ledger.Device;
import io.celonamdm.ledger.Devices;
import io.celonamdm.ledger.EarlierCalls;
import io.celonamdm.ledger.Journal;
import io.celonamdm.sync.Sync;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Carries out what follows for one device from the answer to its activation. */
@Component
class ActivationVerdicts {
    private final ActivationJudge judge = new ActivationJudge();
    private final Devices devices;
    private final Journal journal;
    private final EarlierCalls calls;
    private final Endings endings;
    private final Patience patience;
    private final Quarantines quarantines;
    private final Clock clock;

    ActivationVerdicts(
            Devices devices,
            Journal journal,
            EarlierCalls calls,
            Endings endings,
            Patience patience,
            Quarantines quarantines,
            Clock clock) {
        this.devices = devices;
        this.journal = journal;
        this.calls = calls;
        this.endings = endings;
        this.patience = patience;
        this.quarantines = quarantines;
        this.clock = clock;
    }

    List<DeadLetter> settle(Sync sync, Call call, int index, ActivationResult result) {
        Device device = call.devices().get(index);
        ActivationRow row = call.activations().get(index);
        OpCode op = Objects.requireNonNull(call.op());
        Earlier earlier = new Earlier(
                calls.activatedBefore(call.entry(), row.iccid()),
                calls.groupedBefore(call.entry(), row.iccid(), row.group()));
        Verdict verdict = judge.judge(result, op, earlier);
        boolean done = verdict instanceof Verdict.Done;
        boolean activated = result.activation() instanceof Part.Ok || (done && op.activates());
        boolean grouped = result.group() instanceof Part.Ok || (done && op.groups());
        journal.reached(call.entry(), device.id(), activated, grouped);
        devices.reached(device.id(), activated, grouped);
        if (verdict instanceof Verdict.Done well) {
            endings.done(sync, device, well.warnings().stream().findFirst().orElse(null));
            return List.of();
        }
        if (verdict instanceof Verdict.Later later) {
            // a command whose fate is open is asked for first: the phone may have failed it
            Step step = device.pushReference() == null ? Step.ACTIVATE : Step.PUSH;
            return patience.wait(sync, device, step, later.code(), later.reason());
        }
        if (verdict instanceof Verdict.AccountProblem problem) {
            devices.later(
                    List.of(device.id()),
                    Step.ACTIVATE,
                    quarantines.open(sync, problem.code(), problem.reason()),
                    problem.code(),
                    problem.reason(),
                    false);
            return List.of();
        }
        Verdict.Dead dead = (Verdict.Dead) verdict;
        if (groupIsOpen(dead, op, earlier)) {
            devices.regroup(device.id(), clock.instant());
            return List.of();
        }
        return endings.dead(sync, List.of(device.id()), dead.code(), dead.reason(), dead.redriveWith());
    }

    /** A repeated call that an earlier one had activated says nothing of the group: DG_ASSIGN alone settles it. */
    private static boolean groupIsOpen(Verdict.Dead dead, OpCode op, Earlier earlier) {
        return dead.code() == ReasonCode.UNACCOUNTED
                && dead.redriveWith() == OpCode.DG_ASSIGN
                && op != OpCode.DG_ASSIGN
                && earlier.activated();
    }
}
