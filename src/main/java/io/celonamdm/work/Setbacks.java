package io.celonamdm.work;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure;
import io.celonamdm.http.Failure.Kind;
import io.celonamdm.http.Failures;
import io.celonamdm.http.NotJson;
import io.celonamdm.ledger.DeadLetter;
import io.celonamdm.ledger.Devices;
import io.celonamdm.ledger.Journal;
import io.celonamdm.ledger.OutlastsOutages;
import io.celonamdm.ledger.Runs;
import io.celonamdm.ledger.Unanswered;
import io.celonamdm.recovery.LateAnswers;
import java.util.List;
import java.util.Set;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What follows for the devices of a call that failed. */
@Component
class Setbacks {
    private static final Logger LOG = LoggerFactory.getLogger(Setbacks.class);

    private final Failures failures;
    private final Devices devices;
    private final Journal journal;
    private final Runs runs;
    private final Unanswered unanswered;
    private final FollowingUp followingUp;
    private final Retries retries;
    private final Refusals refusals;
    private final LateAnswers lateAnswers;

    Setbacks(
            Failures failures,
            Devices devices,
            Journal journal,
            Runs runs,
            Unanswered unanswered,
            FollowingUp followingUp,
            Retries retries,
            Refusals refusals,
            LateAnswers lateAnswers) {
        this.failures = failures;
        this.devices = devices;
        this.journal = journal;
        this.runs = runs;
        this.unanswered = unanswered;
        this.followingUp = followingUp;
        this.retries = retries;
        this.refusals = refusals;
        this.lateAnswers = lateAnswers;
    }

    /**
     * Writes down what came of the call, and moves its devices on by what that means.
     *
     * @return the dead letters
     */
    @OutlastsOutages
    @Transactional
    List<DeadLetter> failed(Work work, @Nullable Call call, Exception exception) {
        HttpOperationFailedException http = Failures.find(exception, HttpOperationFailedException.class);
        Failure failure = failures.of(exception);
        if (failure.kind() == Kind.REFUSED && isSomebodyElses(work, exception, http)) {
            // nobody knows what the vendor would have said, or whether the call was passed on to it
            failure = new Failure(Kind.UNANSWERED, ReasonCode.NOT_THE_VENDOR, failure.reason(), failure.again());
        }
        Call left = call == null || call.isEmpty() ? null : call;
        if (left == null && !isInFlight(work, failure)) {
            return List.of();
        }
        if (left != null && !decide(work, left, failure)) {
            left = endDoubt(work, left, failure);
            if (left == null) {
                return List.of();
            }
        }
        return switch (failure.kind()) {
            case PASSING -> again(work, left, failure, exception);
            case CONFIGURATION -> notAccepted(work, left, failure);
            case UNANSWERED, INTERNAL -> unanswered(work, left, failure, exception);
            case REFUSED -> refusals.refused(work, left, failure, exception, http);
        };
    }

    /** Nothing was sent that must not be repeated; but what was written of it may be committed all the same. */
    private boolean isInFlight(Work work, Failure failure) {
        if (work.kind().step() == null) {
            return true;
        }
        if (!unanswered.anyInFlight(work.devices())) {
            return false;
        }
        unanswered.neverMade(work.ids(), words(failure));
        return true;
    }

    /** False if the call's entry was decided before, so that its devices have gone on. */
    private boolean decide(Work work, Call call, Failure failure) {
        // a push of many devices may be several calls, of which those before this one were made
        boolean many = work.kind() == Work.Kind.PUSH && call.size() > 1;
        return switch (failure.kind()) {
            case PASSING, CONFIGURATION ->
                many ? journal.inDoubt(call.entry(), words(failure)) : journal.notSent(call.entry(), words(failure));
            case REFUSED -> journal.refused(call.entry(), failure.reason());
            case UNANSWERED, INTERNAL -> journal.inDoubt(call.entry(), words(failure));
        };
    }

    /**
     * A call that was taken for unanswered turns out to have done nothing. Only an assign-eid leaves devices in doubt;
     * those of other calls have gone on.
     *
     * @return the call for those devices alone, for which the failure counts as if it had come in time; null if there
     *     are none
     */
    private @Nullable Call endDoubt(Work work, Call call, Failure failure) {
        if (work.kind() != Work.Kind.ASSIGN || failure.kind() == Kind.UNANSWERED || failure.kind() == Kind.INTERNAL) {
            return null;
        }
        Set<Long> doubtful = lateAnswers.withdraw(work.sync(), call.entry(), failure.reason());
        if (doubtful.isEmpty()) {
            return null;
        }
        LOG.warn(
                "it came late that journal entry {} did nothing, which ends the doubt about {} devices; {}: {}",
                call.entry(),
                doubtful.size(),
                failure.code(),
                failure.reason());
        return call.only(doubtful);
    }

    /** The vendor does not accept the caller: the devices wait for the sync's next probe. */
    private List<DeadLetter> notAccepted(Work work, @Nullable Call call, Failure failure) {
        if (work.kind().step() == null) {
            // a missing privilege for a follow-up is no reason to stop the steps
            followingUp.failed(work, failure);
        } else {
            retries.quarantine(work, call, failure.code(), failure.reason());
        }
        return List.of();
    }

    /** Nobody knows whether the call was processed: only a call that may be repeated is made again. */
    private List<DeadLetter> unanswered(Work work, @Nullable Call call, Failure failure, Exception exception) {
        if (call != null && work.kind() == Work.Kind.ASSIGN) {
            devices.doubt(Call.ids(work, call), ReasonCode.ASSIGN_IN_DOUBT, failure.reason());
            runs.stopAssigning(work.sync().name());
            LOG.error(
                    "{} devices are in doubt: assign-eid was sent and its answer is not known; {}: {}",
                    call.size(),
                    failure.code(),
                    failure.reason());
            return List.of();
        }
        NotJson notJson = Failures.find(exception, NotJson.class);
        if (call != null && work.kind() == Work.Kind.ACTIVATE && notJson != null && notJson.isPage()) {
            retries.quarantine(work, call, ReasonCode.ACTIVATION_API_GONE, failure.reason());
            return List.of();
        }
        return again(work, call, failure, exception);
    }

    /** A call that only asks is made until the vendor itself answers. */
    private List<DeadLetter> again(Work work, @Nullable Call call, Failure failure, Exception exception) {
        if (work.kind().step() != null && Answerer.isOnlyAsked(work) && Answerer.isSomebodyElse(work, exception)) {
            retries.ask(work, call, failure);
            return List.of();
        }
        return retries.again(work, call, failure);
    }

    /** Celona's missing endpoint answers as something else would, and is known by its status. */
    private static boolean isSomebodyElses(
            Work work, Exception exception, @Nullable HttpOperationFailedException http) {
        return work.kind().step() != null && !Refusals.isGone(work, http) && Answerer.isSomebodyElse(work, exception);
    }

    private static String words(Failure failure) {
        return failure.code() + ": " + failure.reason();
    }
}
