package io.celonamdm.firing;

import io.celonamdm.esim.Place;
import io.celonamdm.esim.Position;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.Step;
import io.celonamdm.ledger.device.FailureCounters.DeviceOutcome;
import io.celonamdm.ledger.device.FailureCounters.FailureCount;
import io.celonamdm.ledger.run.Origin;
import io.celonamdm.recovery.Redriver;
import io.celonamdm.settings.BreakerSettings;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.Quarantines;
import io.celonamdm.work.Work;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The circuit breaker of a sync: opens its quarantine when a step fails too often, in a row or in proportion. */
@Component
class Breaker {
    /** A call that failed as a whole, and is retried. */
    private static final Set<ReasonCode> FAILED_CALL = EnumSet.of(
            ReasonCode.UNREACHABLE,
            ReasonCode.VENDOR_ERROR,
            ReasonCode.UNREADABLE_ANSWER,
            ReasonCode.NOT_THE_VENDOR,
            ReasonCode.OTHER);

    /** Refusals to send something to a device; an HTML page is not the vendor's own refusal, and is retried. */
    private static final Set<ReasonCode> REFUSED =
            EnumSet.of(ReasonCode.COMMAND_FAILED, ReasonCode.FORBIDDEN, ReasonCode.NOT_THE_VENDOR);

    /** A device past its deadline; its phone may have been off, which says nothing about the vendors. */
    private static final Set<ReasonCode> RAN_OUT_OF_TIME =
            EnumSet.of(ReasonCode.POLL_TIMEOUT, ReasonCode.NOT_PROVISIONED, ReasonCode.NOT_COMMANDABLE);

    private final Quarantines quarantines;
    private final Redriver redriver;
    private final TransactionOperations transaction;

    Breaker(Quarantines quarantines, Redriver redriver, TransactionOperations transaction) {
        this.quarantines = quarantines;
        this.redriver = redriver;
        this.transaction = transaction;
    }

    /**
     * Counts the outcomes of ended work.
     *
     * @param outcomes the current state of its devices
     * @param counts the failure counts of the sync, which are updated
     */
    void ended(Work work, List<DeviceOutcome> outcomes, Map<Step, FailureCount> counts) {
        Step step = work.kind().step();
        if (step == null) {
            return;
        }
        int good = (int) outcomes.stream().filter(each -> wentOn(each, step)).count();
        int dead = (int) outcomes.stream().filter(Breaker::died).count();
        DeviceOutcome failed = outcomes.stream()
                .filter(each -> failedCall(each, step))
                .findFirst()
                .orElse(null);
        int bad = dead + (failed == null ? 0 : 1);
        Sync sync = work.sync();
        boolean probeFailed = bad > 0 && good == 0 && quarantines.isProbing(sync, ReasonCode.TOO_MANY_FAILURES);
        long run = work.run() == null ? 0 : work.run();
        List<DeviceOutcome> refused = refused(work, outcomes);
        boolean stopped = !refused.isEmpty() && quarantines.isOpen(sync, ReasonCode.SAME_REFUSAL);
        String tooMany;
        boolean same = false;
        synchronized (counts) {
            FailureCount before = counts.getOrDefault(step, FailureCount.NEW);
            FailureCount count = before.and(run, good, bad);
            for (DeviceOutcome each : refused) {
                count = count.refused(RefusalFingerprint.of(reason(each)));
                same |= count.alike() >= sync.settings().breaker().sameRefusals()
                        || (stopped && Objects.equals(count.refusal(), before.refusal()));
            }
            tooMany = bad > 0 && !same ? tooMany(sync.settings().breaker(), count) : null;
            counts.put(step, tooMany == null && !same ? count : count.over(run));
        }
        if (same) {
            // together: a dead letter that stays behind would not continue with the others
            transaction.executeWithoutResult(
                    status -> refusedAlike(sync, step, reason(refused.get(refused.size() - 1))));
        } else if (probeFailed || tooMany != null) {
            DeviceOutcome last = failed != null
                    ? failed
                    : outcomes.stream().filter(Breaker::died).findFirst().orElseThrow();
            quarantines.open(
                    sync,
                    Origin.of(step),
                    ReasonCode.TOO_MANY_FAILURES,
                    "%s at %s; the last one: %s: %s"
                            .formatted(tooMany == null ? "a probe failed" : tooMany, step, last.code(), last.reason()));
        }
    }

    /**
     * Handles a refusal that is not about single devices: the refused ones wait for the sync's next probe, and continue
     * by themselves once it succeeds.
     */
    private void refusedAlike(Sync sync, Step step, String reason) {
        Instant probe = quarantines.open(
                sync,
                Origin.of(step),
                ReasonCode.SAME_REFUSAL,
                "device after device is refused at %s with the same words: %s".formatted(step, reason));
        String words = RefusalFingerprint.of(reason);
        redriver.putBack(
                sync,
                step,
                letter -> REFUSED.contains(letter.code())
                        && RefusalFingerprint.of(letter.reason()).equals(words),
                probe);
    }

    /**
     * Devices to which the MDM refused to send anything; an earlier command's outcome is the device's own answer. A call for
     * several that fails as a whole counts for one of them: its number of devices may be what was refused.
     */
    private static List<DeviceOutcome> refused(Work work, List<DeviceOutcome> outcomes) {
        boolean sending = work.kind() == Work.Kind.PUSH
                && work.devices().stream().allMatch(device -> device.pushReference() == null);
        if (!sending) {
            return List.of();
        }
        List<DeviceOutcome> refused = outcomes.stream()
                .filter(each -> each.code() != null && REFUSED.contains(each.code()))
                .toList();
        return Stream.concat(
                        refused.stream().filter(Breaker::died),
                        refused.stream()
                                .filter(each -> failedCall(each, Step.PUSH))
                                .limit(1))
                .toList();
    }

    private static String reason(DeviceOutcome outcome) {
        return outcome.reason() == null ? "" : outcome.reason();
    }

    private static @Nullable String tooMany(BreakerSettings settings, FailureCount count) {
        if (count.inARow() >= settings.inARow()) {
            return count.inARow() + " failures in a row";
        }
        long tried = (long) count.good() + count.bad();
        if (tried >= settings.percentFrom() && count.bad() * 100L >= tried * settings.percent()) {
            return "%d failures out of %d".formatted(count.bad(), tried);
        }
        return null;
    }

    private static boolean wentOn(DeviceOutcome outcome, Step from) {
        return outcome.position().isPast(from) && outcome.place() != Place.DEAD;
    }

    private static boolean died(DeviceOutcome outcome) {
        return outcome.place() == Place.DEAD && outcome.code() != null && !RAN_OUT_OF_TIME.contains(outcome.code());
    }

    private static boolean failedCall(DeviceOutcome outcome, Step step) {
        return outcome.position().equals(new Position(Place.WAITING, step))
                && outcome.code() != null
                && FAILED_CALL.contains(outcome.code());
    }
}
