package io.celonamdm.work.failure;

import io.celonamdm.celona.Phrases;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.Step;
import io.celonamdm.http.Failure;
import io.celonamdm.http.Failure.Kind;
import io.celonamdm.http.Failures;
import io.celonamdm.ledger.database.LedgerGone;
import io.celonamdm.ledger.device.DeadLetter;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.ledger.device.DeviceTransitions;
import io.celonamdm.ledger.device.Journal;
import io.celonamdm.ledger.device.UnansweredCalls;
import io.celonamdm.ledger.run.Runs;
import io.celonamdm.recovery.LateAnswers;
import io.celonamdm.work.AssignCall;
import io.celonamdm.work.Call;
import io.celonamdm.work.DeviceCompletion;
import io.celonamdm.work.FollowingUp;
import io.celonamdm.work.PoolExhaustion;
import io.celonamdm.work.PushCall;
import io.celonamdm.work.Work;
import java.util.List;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Decides what follows a failed call: first for its journal entry, which tells whether the devices still wait for this
 * call, and then for the devices.
 */
@Component
public class CallFailures {
    private static final Logger LOG = LoggerFactory.getLogger(CallFailures.class);

    private final FailureClassifier classifier;
    private final LedgerBacklog backlog;
    private final Journal journal;
    private final UnansweredCalls unanswered;
    private final LateAnswers lateAnswers;
    private final DeviceTransitions transitions;
    private final Runs runs;
    private final FollowingUp followingUp;
    private final RetryScheduler retries;
    private final BatchBisection bisection;
    private final DeviceCompletion completion;
    private final PoolExhaustion pool;

    CallFailures(
            FailureClassifier classifier,
            LedgerBacklog backlog,
            Journal journal,
            UnansweredCalls unanswered,
            LateAnswers lateAnswers,
            DeviceTransitions transitions,
            Runs runs,
            FollowingUp followingUp,
            RetryScheduler retries,
            BatchBisection bisection,
            DeviceCompletion completion,
            PoolExhaustion pool) {
        this.classifier = classifier;
        this.backlog = backlog;
        this.journal = journal;
        this.unanswered = unanswered;
        this.lateAnswers = lateAnswers;
        this.transitions = transitions;
        this.runs = runs;
        this.followingUp = followingUp;
        this.retries = retries;
        this.bisection = bisection;
        this.completion = completion;
        this.pool = pool;
    }

    /**
     * Handles a call that failed, or whose outcome could not be recorded.
     *
     * @return the dead letters
     */
    public List<DeadLetter> failed(
            @ExchangeProperty("work") Work work,
            @ExchangeProperty("call") @Nullable Call call,
            @Header(Exchange.HTTP_RESPONSE_CODE) @Nullable Integer status,
            @Body @Nullable Object body,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception exception) {
        // the whole failure: with @ExchangeException, Camel passes only the innermost cause
        LedgerGone gone = Failures.find(exception, LedgerGone.class);
        if (gone != null) {
            notWritten(work, call, "status %s: %s".formatted(status, body), gone);
            return List.of();
        }
        Failure failure = classifier.classify(work, exception);
        try {
            return backlog.write(() -> decide(work, call, failure, exception));
        } catch (LedgerGone e) {
            notWritten(work, call, failure.reason(), e);
            return List.of();
        }
    }

    /**
     * Logs what the ledger could not take; nothing else records it. The next settlement puts the devices of such an
     * assign-eid in doubt, and a person can adopt the answer. The doubt ends by itself if the ledger returns before
     * this process ends.
     */
    private void notWritten(Work work, @Nullable Call call, String known, LedgerGone gone) {
        LOG.error(
                "{}; {} of {} devices, journal entry {}, came to this and it is not written down: {}",
                gone.getMessage(),
                work.kind(),
                work.devices().size(),
                call == null ? "none" : call.entry(),
                known);
        // the entry guards its devices until a late write; without one, something else may be working on them by then
        if (call instanceof AssignCall) {
            backlog.keep(gone);
        }
    }

    private List<DeadLetter> decide(Work work, @Nullable Call call, Failure failure, Exception exception) {
        Step step = work.kind().step();
        if (step == null) {
            // even a missing privilege for a follow-up does not stop the steps
            followingUp.failed(work, failure);
            return List.of();
        }
        List<Device> waiting = call == null ? notSent(work, step, failure) : settle(work, call, failure);
        if (waiting.isEmpty()) {
            return List.of();
        }
        FailedCall failed = new FailedCall(work, call, waiting, failure);
        return switch (failure.kind()) {
            case TRANSIENT -> again(failed, exception);
            case CONFIGURATION -> retries.quarantine(failed, failure.code());
            case OUTCOME_UNKNOWN, INTERNAL -> outcomeUnknown(failed, exception);
            case REFUSED -> refused(failed, exception);
        };
    }

    /** Settles a failure without a call: nothing unrepeatable was sent, but its writes may have been committed. */
    private List<Device> notSent(Work work, Step step, Failure failure) {
        if (!unanswered.anyInFlight(step, work.devices())) {
            return List.of();
        }
        unanswered.neverMade(work.ids(), words(failure));
        return work.devices();
    }

    /**
     * Decides the journal entry of a call.
     *
     * @return the devices that still wait for this call
     */
    private List<Device> settle(Work work, Call call, Failure failure) {
        // a push of many devices may be several calls; those before this one were made
        boolean partly = call instanceof PushCall && call.devices().size() > 1;
        boolean first = switch (failure.kind()) {
            case TRANSIENT, CONFIGURATION ->
                partly ? journal.inDoubt(call.entry(), words(failure)) : journal.notSent(call.entry(), words(failure));
            case REFUSED -> journal.refused(call.entry(), failure.reason());
            case OUTCOME_UNKNOWN, INTERNAL -> journal.inDoubt(call.entry(), words(failure));
        };
        return first ? call.devices() : doubtful(work, call, failure);
    }

    /**
     * Handles an entry that was already decided. Only an assign-eid leaves devices in doubt; those of other calls have
     * moved on. If it turns out late that the call did nothing, the failure applies to those in doubt as if it had come
     * in time.
     */
    private List<Device> doubtful(Work work, Call call, Failure failure) {
        if (!(call instanceof AssignCall)
                || failure.kind() == Kind.OUTCOME_UNKNOWN
                || failure.kind() == Kind.INTERNAL) {
            return List.of();
        }
        Set<Long> doubtful = lateAnswers.withdraw(work.sync(), call.entry(), failure.reason());
        if (!doubtful.isEmpty()) {
            LOG.warn(
                    "it came late that journal entry {} did nothing, which ends the doubt about {} devices; {}: {}",
                    call.entry(),
                    doubtful.size(),
                    failure.code(),
                    failure.reason());
        }
        return call.devices().stream()
                .filter(device -> doubtful.contains(device.id()))
                .toList();
    }

    /** Handles an unknown outcome: repeats only a call that is safe to repeat. */
    private List<DeadLetter> outcomeUnknown(FailedCall failed, Exception exception) {
        if (failed.entry() != null && failed.work().kind() == Work.Kind.ASSIGN) {
            transitions.putInDoubt(failed.ids(), ReasonCode.ASSIGN_IN_DOUBT, failed.reason());
            runs.stopAssigning(failed.sync().name());
            LOG.error(
                    "{} devices are in doubt: assign-eid was sent and its answer is not known; {}: {}",
                    failed.devices().size(),
                    failed.failure().code(),
                    failed.reason());
            return List.of();
        }
        if (FailureClassifier.isApiGone(failed.work(), exception)) {
            return retries.quarantine(failed, ReasonCode.ACTIVATION_API_GONE);
        }
        return again(failed, exception);
    }

    private List<DeadLetter> again(FailedCall failed, Exception exception) {
        return FailureClassifier.isWorthAskingUntilAnswered(failed.work(), exception)
                ? retries.untilAnswered(failed)
                : retries.again(failed);
    }

    /** Handles a refusal by the vendor itself. */
    private List<DeadLetter> refused(FailedCall failed, Exception exception) {
        return switch (failed.work().kind()) {
            case ASSIGN -> refusedAssignment(failed);
            case AWAIT -> {
                transitions.putInDoubt(failed.ids(), ReasonCode.REQUEST_UNKNOWN, failed.reason());
                yield List.of();
            }
            case PUSH -> completion.dead(failed.sync(), failed.ids(), ReasonCode.COMMAND_FAILED, failed.reason(), null);
            case ACTIVATE ->
                FailureClassifier.isApiGone(failed.work(), exception)
                        ? retries.quarantine(failed, ReasonCode.ACTIVATION_API_GONE)
                        : bisection.refused(failed, ReasonCode.OTHER);
            case CONFIRM, ATTRIBUTE, PROFILE -> retries.again(failed);
        };
    }

    private List<DeadLetter> refusedAssignment(FailedCall failed) {
        if (Phrases.in(failed.reason(), failed.sync().celona().poolExhaustedWords())) {
            pool.exhausted(failed.sync(), failed.ids(), failed.reason());
            return List.of();
        }
        return bisection.refused(failed, ReasonCode.ASSIGN_REFUSED);
    }

    private static String words(Failure failure) {
        return failure.code() + ": " + failure.reason();
    }
}
