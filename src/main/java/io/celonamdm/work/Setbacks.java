package io.celonamdm.work;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.Step;
import io.celonamdm.http.Failure;
import io.celonamdm.http.Failures;
import io.celonamdm.http.NotJson;
import io.celonamdm.ledger.DeadLetter;
import io.celonamdm.ledger.Devices;
import io.celonamdm.ledger.Journal;
import io.celonamdm.ledger.Runs;
import io.celonamdm.ledger.Unanswered;
import java.util.List;
import org.apache.camel.ExchangeException;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What follows for the devices of a call that failed; {@code routes/errors.camel.yaml} says which of these when. */
@Component
@Transactional
public class Setbacks {
    private static final Logger LOG = LoggerFactory.getLogger(Setbacks.class);

    private final Failures failures;
    private final Devices devices;
    private final Journal journal;
    private final Runs runs;
    private final Unanswered unanswered;
    private final FollowingUp followingUp;
    private final Retries retries;
    private final LateRefusals late;

    Setbacks(
            Failures failures,
            Devices devices,
            Journal journal,
            Runs runs,
            Unanswered unanswered,
            FollowingUp followingUp,
            Retries retries,
            LateRefusals late) {
        this.failures = failures;
        this.devices = devices;
        this.journal = journal;
        this.runs = runs;
        this.unanswered = unanswered;
        this.followingUp = followingUp;
        this.retries = retries;
        this.late = late;
    }

    /** The call was not processed: it is made again later. */
    public List<DeadLetter> later(
            @ExchangeProperty("work") Work work,
            @ExchangeProperty("call") @Nullable Call call,
            @ExchangeException Exception exception) {
        Failure failure = failures.of(exception);
        return notSent(call, failure)
                ? again(work, call, failure, exception)
                : late.take(work, call, failure)
                        .map(left -> retries.again(work, left, failure))
                        .orElse(List.of());
    }

    /** The vendor does not accept the caller: the devices wait for the sync's next probe. */
    public List<DeadLetter> quarantine(
            @ExchangeProperty("work") Work work,
            @ExchangeProperty("call") @Nullable Call call,
            @ExchangeException Exception exception) {
        Failure failure = failures.of(exception);
        if (!notSent(call, failure)) {
            late.take(work, call, failure)
                    .ifPresent(left -> retries.quarantine(work, left, failure.code(), failure.reason()));
            return List.of();
        }
        if (work.kind().step() == null) {
            // a missing privilege for a follow-up is no reason to stop the steps
            followingUp.failed(work, failure);
            return List.of();
        }
        retries.quarantine(work, call, failure.code(), failure.reason());
        return List.of();
    }

    /** Nobody knows whether the call was processed: only a call that may be repeated is made again. */
    public List<DeadLetter> unanswered(
            @ExchangeProperty("work") Work work,
            @ExchangeProperty("call") @Nullable Call call,
            @ExchangeException Exception exception) {
        Failure failure = failures.of(exception);
        if (call == null || call.isEmpty()) {
            return withoutCall(work, failure, exception);
        }
        if (!journal.inDoubt(call.entry(), failure.code() + ": " + failure.reason())) {
            // the devices have gone on: an answer was committed, although its commit was reported as failed
            return List.of();
        }
        if (work.kind() == Work.Kind.ASSIGN) {
            devices.doubt(Call.ids(work, call), ReasonCode.ASSIGN_IN_DOUBT, failure.reason());
            runs.stopAssigning(work.sync().name());
            LOG.error(
                    "{} devices are in doubt: assign-eid was sent and not answered; {}: {}",
                    call.size(),
                    failure.code(),
                    failure.reason());
            return List.of();
        }
        if (work.kind() == Work.Kind.ACTIVATE && isPage(exception)) {
            retries.quarantine(work, call, ReasonCode.ACTIVATION_API_GONE, failure.reason());
            return List.of();
        }
        return again(work, call, failure, exception);
    }

    private List<DeadLetter> again(Work work, @Nullable Call call, Failure failure, Exception exception) {
        if (work.kind().step() != null && Answerer.isOnlyAsked(work) && Answerer.isSomebodyElse(work, exception)) {
            retries.ask(work, call, failure);
            return List.of();
        }
        return retries.again(work, call, failure);
    }

    /** Nothing was sent that must not be repeated; but what was written of it may be committed all the same. */
    private List<DeadLetter> withoutCall(Work work, Failure failure, Exception exception) {
        Step step = work.kind().step();
        if (step != null) {
            if (!unanswered.anyInFlight(work.ids(), step)) {
                return List.of();
            }
            unanswered.neverMade(work.ids(), failure.code() + ": " + failure.reason());
        }
        return again(work, null, failure, exception);
    }

    /** False if the call's entry was decided before, so that its devices have gone on. */
    private boolean notSent(@Nullable Call call, Failure failure) {
        return call == null
                || call.isEmpty()
                || journal.notSent(call.entry(), failure.code() + ": " + failure.reason());
    }

    private static boolean isPage(Exception exception) {
        NotJson notJson = Failures.find(exception, NotJson.class);
        return notJson != null && notJson.isPage();
    }
}
