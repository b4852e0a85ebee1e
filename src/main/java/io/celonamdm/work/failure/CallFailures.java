package io.celonamdm.work.failure;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure;
import io.celonamdm.http.Failure.Kind;
import io.celonamdm.http.Failures;
import io.celonamdm.ledger.database.LedgerGone;
import io.celonamdm.ledger.device.DeadLetter;
import io.celonamdm.ledger.device.InDoubt;
import io.celonamdm.text.Counted;
import io.celonamdm.work.FollowingUp;
import io.celonamdm.work.Work;
import io.celonamdm.work.call.AssignCall;
import io.celonamdm.work.call.Call;
import java.util.List;
import java.util.function.Function;
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
    private final FailedEntries entries;
    private final FailedGroups groups;
    private final RefusedCalls refusals;
    private final RetryScheduler retries;
    private final InDoubt inDoubt;
    private final FollowingUp followingUp;

    CallFailures(
            FailureClassifier classifier,
            LedgerBacklog backlog,
            FailedEntries entries,
            FailedGroups groups,
            RefusedCalls refusals,
            RetryScheduler retries,
            InDoubt inDoubt,
            FollowingUp followingUp) {
        this.classifier = classifier;
        this.backlog = backlog;
        this.entries = entries;
        this.groups = groups;
        this.refusals = refusals;
        this.retries = retries;
        this.inDoubt = inDoubt;
        this.followingUp = followingUp;
    }

    /**
     * Handles a call that failed, or whose outcome could not be recorded.
     *
     * @param sendsOnce whether the platform's route makes at most one call that sends, after all others
     * @return the dead letters
     */
    public List<DeadLetter> failed(
            @ExchangeProperty("work") Work work,
            @ExchangeProperty("call") @Nullable Call call,
            @Header(Exchange.HTTP_RESPONSE_CODE) @Nullable Integer status,
            @Body @Nullable Object body,
            @ExchangeProperty("sendsOnce") @Nullable Boolean sendsOnce,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception exception) {
        // the whole failure: with @ExchangeException, Camel passes only the innermost cause
        LedgerGone gone = Failures.find(exception, LedgerGone.class);
        if (gone != null) {
            notWritten(work, call, "status %s: %s".formatted(status, body), gone);
            return List.of();
        }
        Failure failure = classifier.classify(work, exception);
        try {
            return backlog.write(() -> decide(work, call, failure, Boolean.TRUE.equals(sendsOnce), exception));
        } catch (LedgerGone e) {
            notWritten(work, call, failure.reason(), e);
            return List.of();
        }
    }

    /**
     * Whether a failed call says nothing of what its vendor thinks of the sync: it was not made, something else answered,
     * or the outcome is not known. A refusal is an answer.
     */
    public boolean isUnanswered(
            @ExchangeProperty("work") Work work, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception exception) {
        return Failures.find(exception, LedgerGone.class) != null
                || classifier.classify(work, exception).kind() != Kind.REFUSED;
    }

    /**
     * Logs what the ledger could not take; nothing else records it. The next settlement puts the devices of such an
     * assign-eid in doubt, and a person can adopt the answer. The doubt ends by itself if the ledger returns before
     * this process ends.
     */
    private void notWritten(Work work, @Nullable Call call, String known, LedgerGone gone) {
        LOG.error(
                "{}; {} of {}, journal entry {}, ended with this, and it is not recorded: {}",
                gone.getMessage(),
                work.kind(),
                Counted.words(work.devices().size(), "device"),
                call == null ? "none" : call.entry(),
                known);
        // the entry guards its devices until a late write; without one, something else may be working on them by then
        if (call instanceof AssignCall) {
            backlog.keep(gone);
        }
    }

    private List<DeadLetter> decide(
            Work work, @Nullable Call call, Failure failure, boolean sendsOnce, Exception exception) {
        if (work.kind().step() == null) {
            // even a missing privilege for a follow-up does not stop the steps
            followingUp.failed(work, failure);
            return List.of();
        }
        FailedCall failed = new FailedCall(
                work, call, call == null ? work.devices() : call.devices(), failure, sendsOnce, exception);
        return switch (failure.kind()) {
            case TRANSIENT -> follow(entries.notSent(failed), retries::again);
            case CONFIGURATION ->
                follow(entries.notSent(failed), waiting -> retries.quarantine(waiting, failure.code()));
            case OUTCOME_UNKNOWN, INTERNAL -> follow(entries.inDoubt(failed), this::outcomeUnknown);
            case REFUSED -> follow(entries.refused(failed), refusals::refused);
        };
    }

    private List<DeadLetter> follow(FailedCall failed, Function<FailedCall, List<DeadLetter>> consequence) {
        if (failed.devices().isEmpty()) {
            return List.of();
        }
        return groups.isOneToBlame(failed) ? retries.regardless(failed) : consequence.apply(failed);
    }

    /** Handles an unknown outcome: repeats only a call that is safe to repeat. */
    private List<DeadLetter> outcomeUnknown(FailedCall failed) {
        if (failed.call() instanceof AssignCall) {
            inDoubt.begin(failed.sync().name(), failed.ids(), failed.reason());
            LOG.error(
                    "{} in doubt: assign-eid was sent, and its answer is not known; {}",
                    Counted.are(failed.devices().size(), "device"),
                    failed.words());
            return List.of();
        }
        return failed.isApiGone() ? retries.quarantine(failed, ReasonCode.ACTIVATION_API_GONE) : retries.again(failed);
    }
}
