package io.celonamdm.work;

import io.celonamdm.celona.ActivationJudge;
import io.celonamdm.celona.ActivationResult;
import io.celonamdm.celona.Earlier;
import io.celonamdm.celona.OpCode;
import io.celonamdm.celona.Part;
import io.celonamdm.celona.Reading;
import io.celonamdm.celona.Verdict;
import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.Step;
import io.celonamdm.ledger.device.DeadLetter;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.ledger.device.Device.Signs;
import io.celonamdm.ledger.device.DeviceFacts;
import io.celonamdm.ledger.device.DeviceFacts.Reached;
import io.celonamdm.ledger.device.DeviceTransitions;
import io.celonamdm.ledger.device.EarlierCalls;
import io.celonamdm.ledger.device.Journal;
import io.celonamdm.ledger.run.Origin;
import io.celonamdm.ledger.run.Readings;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.call.ActivationCall;
import io.celonamdm.work.call.ActivationCall.Item;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Applies the results of an activation to its devices. */
@Component
public class ActivationVerdicts {
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

    /**
     * Advances the devices of a call: those with the same result together.
     *
     * @param byIccid the results
     */
    List<DeadLetter> settle(Sync sync, ActivationCall call, Map<Iccid, ActivationResult> byIccid) {
        Set<Iccid> activatedBefore = calls.activatedBefore(call.entry());
        Set<Iccid> maybeActivatedBefore = calls.maybeActivatedBefore(call.entry());
        Set<Long> groupedBefore = calls.groupedBefore(call.entry());
        List<Judged> all = new ArrayList<>();
        for (Item item : call.items()) {
            Iccid iccid = item.row().iccid();
            Earlier earlier = new Earlier(
                    activatedBefore.contains(iccid)
                            || (maybeActivatedBefore.contains(iccid) && isPossible(sync, item.device())),
                    groupedBefore.contains(item.device().id()));
            ActivationResult result = Objects.requireNonNull(byIccid.get(iccid));
            all.add(new Judged(item, item.device(), result, earlier, judge.judge(result, call.op(), earlier)));
        }
        record(call, all);
        Map<Active, List<Device>> done = new LinkedHashMap<>();
        Map<Again, List<Device>> again = new LinkedHashMap<>();
        Map<Verdict.AccountProblem, List<Long>> refused = new LinkedHashMap<>();
        List<DeadLetter> dead = new ArrayList<>();
        recordRefused(call.op(), all);
        for (Judged judged : all) {
            if (judged.result.activation() instanceof Part.Ok) {
                learn(sync, judged.device);
            }
            if (judged.verdict instanceof Verdict.Done well) {
                Optional<ReasonCode> warning = well.warnings().stream().findFirst();
                done.computeIfAbsent(new Active(warning, judged.reached(call.op())), any -> new ArrayList<>())
                        .add(judged.device);
            } else if (judged.verdict instanceof Verdict.Later later) {
                if (later.code() != ReasonCode.NOT_PROVISIONED || !notProvisioned(sync, judged.device, call.op())) {
                    // first query a command with an unknown outcome: the phone may have failed it
                    Step step = judged.device.pushReference() == null ? Step.ACTIVATE : Step.PUSH;
                    again.computeIfAbsent(new Again(step, later.code(), later.reason()), any -> new ArrayList<>())
                            .add(judged.device);
                }
            } else if (judged.verdict instanceof Verdict.AccountProblem problem) {
                refused.computeIfAbsent(problem, any -> new ArrayList<>()).add(judged.device.id());
            } else {
                dead.addAll(apart(sync, call.op(), judged, (Verdict.Dead) judged.verdict));
            }
        }
        done.forEach((as, those) -> completion.active(sync, those, as.reached, as.warning.orElse(null)));
        again.forEach((same, those) -> dead.addAll(downloadRetry.wait(sync, those, same.step, same.code, same.reason)));
        refused.forEach((problem, those) -> refused(sync, call, those, problem));
        return dead;
    }

    private record Judged(Item item, Device device, ActivationResult result, Earlier earlier, Verdict verdict) {
        private boolean is(ReasonCode code) {
            return verdict instanceof Verdict.Later later && later.code() == code;
        }

        private boolean isDone() {
            return verdict instanceof Verdict.Done;
        }

        private Reached reached(OpCode op) {
            return new Reached(
                    result.activation() instanceof Part.Ok || (isDone() && op.activates()),
                    result.group() instanceof Part.Ok || (isDone() && op.groups()));
        }
    }

    /** What is tried again, and why. */
    private record Again(Step step, ReasonCode code, String reason) {}

    /** How an eSIM has become active. */
    private record Active(Optional<ReasonCode> warning, Reached reached) {}

    /** Records what the call reached for each device; the row of one that is done changes once, as it goes on. */
    private void record(ActivationCall call, List<Judged> all) {
        Map<Reached, List<Judged>> reached =
                all.stream().collect(Collectors.groupingBy(judged -> judged.reached(call.op())));
        reached.remove(Reached.NOTHING);
        reached.forEach((what, those) -> {
            journal.reached(call.entry(), ids(those.stream()), what.activated(), what.grouped());
            List<Long> others = ids(those.stream().filter(judged -> !judged.isDone()));
            if (!others.isEmpty()) {
                facts.reached(others, what);
            }
        });
    }

    private static List<Long> ids(Stream<Judged> those) {
        return those.map(judged -> judged.device.id()).toList();
    }

    private void recordRefused(OpCode op, List<Judged> all) {
        List<Long> refused = all.stream()
                .filter(judged -> op.activates() && judged.is(ReasonCode.NOT_PROVISIONED))
                .map(judged -> judged.device.id())
                .toList();
        if (!refused.isEmpty()) {
            facts.refused(refused);
        }
    }

    /** Settles a device that waiting does not help. */
    private List<DeadLetter> apart(Sync sync, OpCode op, Judged judged, Verdict.Dead dead) {
        Device device = judged.device;
        if (dead.code() == ReasonCode.GROUP_UNKNOWN
                && (device.signs().confirmed() || device.signs().warning() == ReasonCode.ALREADY_ACTIVE)) {
            // anyone who activated it also put it into a group, so the phone works; or a person says that it does
            completion.active(sync, List.of(device), new Reached(true, true), ReasonCode.GROUP_UNKNOWN);
            return List.of();
        }
        if (groupIsOpen(dead, op, judged.earlier)) {
            transitions.regroup(device.id(), clock.instant(), null);
            return List.of();
        }
        return completion.dead(sync, List.of(device.id()), dead.code(), dead.reason(), dead.redriveWith());
    }

    /** Handles a refusal that is not about single devices: it is about the rule of some, or the sync stops. */
    private void refused(Sync sync, ActivationCall call, List<Long> ids, Verdict.AccountProblem problem) {
        List<Long> blamed = call.blamed(sync, problem.code());
        if (blamed.isEmpty()) {
            Instant probe = quarantines.open(sync, Origin.ACTIVATE, problem.code(), problem.reason());
            transitions.retry(ids, Step.ACTIVATE, probe, problem.code(), problem.reason(), false);
        } else {
            sendWithout(blamed, ids, problem.code(), problem.reason());
        }
    }

    /**
     * Holds the devices whose rule a refusal is about. The others may have been refused only because of them, and are sent
     * again without them.
     *
     * @param blamed the devices of the call whose rule it is about
     * @param refused the devices that were refused
     */
    public void sendWithout(Collection<Long> blamed, List<Long> refused, ReasonCode code, String reason) {
        List<Long> held = refused.stream().filter(blamed::contains).toList();
        List<Long> others = refused.stream().filter(id -> !blamed.contains(id)).toList();
        if (!held.isEmpty()) {
            transitions.hold(held, code, reason);
        }
        if (!others.isEmpty()) {
            transitions.retry(others, Step.ACTIVATE, clock.instant(), code, reason, false);
        }
    }

    /** Whether a call without an answer can have activated the eSIM, which the phone may not have downloaded yet. */
    private boolean isPossible(Sync sync, Device device) {
        return hasHadTime(sync, device.signs()) || device.signs().seen() || isActivatedUndownloaded(sync);
    }

    /** Whether a phone that has acknowledged its command has had time to download its eSIM since. */
    private boolean hasHadTime(Sync sync, Signs signs) {
        Instant acknowledged = signs.acknowledgedAt();
        return signs.acknowledged()
                && (acknowledged == null
                        || !clock.instant()
                                .isBefore(acknowledged.plus(
                                        sync.celona().provision().max())));
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
        boolean active = device.signs().seen() || isActivatedUndownloaded(sync);
        // once it turned out not to be active, the two readings are tried in turn
        if (!active || device.attempts() % 2 == 1) {
            return false;
        }
        Reached reached = new Reached(true, false);
        if (op.groups()) {
            facts.reached(List.of(device.id()), reached);
            transitions.regroup(device.id(), clock.instant(), ReasonCode.ALREADY_ACTIVE);
        } else {
            completion.active(sync, List.of(device), reached, ReasonCode.ALREADY_ACTIVE);
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
