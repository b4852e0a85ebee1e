package io.celonamdm.work;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure;
import io.celonamdm.http.Failures;
import io.celonamdm.http.NotJson;
import io.celonamdm.ledger.DeadLetter;
import io.celonamdm.ledger.Devices;
import io.celonamdm.ledger.Journal;
import io.celonamdm.ledger.Runs;
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
    private final FollowingUp followingUp;
    private final Retries retries;

    Setbacks(Failures failures, Devices devices, Journal journal, Runs runs, FollowingUp followingUp, Retries retries) {
        this.failures = failures;
        this.devices = devices;
        this.journal = journal;
        this.runs = runs;
        this.followingUp = followingUp;
        this.retries = retries;
    }

    /** The call was not processed: it is made again later. */
    public List<DeadLetter> later(
            @ExchangeProperty("work") Work work,
            @ExchangeProperty("call") @Nullable Call call,
            @ExchangeException Exception exception) {
        Failure failure = failures.of(exception);
        notSent(call, failure);
        return retries.again(work, call, failure);
    }

    /** The vendor does not accept the caller: the devices wait for the sync's next probe. */
    public List<DeadLetter> quarantine(
            @ExchangeProperty("work") Work work,
            @ExchangeProperty("call") @Nullable Call call,
            @ExchangeException Exception exception) {
        Failure failure = failures.of(exception);
        notSent(call, failure);
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
            return retries.again(work, call, failure);
        }
        boolean first = journal.inDoubt(call.entry(), failure.code() + ": " + failure.reason());
        if (work.kind() == Work.Kind.ASSIGN) {
            if (first) {
                devices.doubt(Call.ids(work, call), ReasonCode.ASSIGN_IN_DOUBT, failure.reason());
                runs.stopAssigning(work.sync().name());
                LOG.error(
                        "{} devices are in doubt: assign-eid was sent and not answered; {}: {}",
                        call.size(),
                        failure.code(),
                        failure.reason());
            }
            return List.of();
        }
        if (work.kind() == Work.Kind.ACTIVATE && isPage(exception)) {
            retries.quarantine(work, call, ReasonCode.ACTIVATION_API_GONE, failure.reason());
            return List.of();
        }
        return retries.again(work, call, failure);
    }

    private void notSent(@Nullable Call call, Failure failure) {
        if (call != null && !call.isEmpty()) {
            journal.notSent(call.entry(), failure.code() + ": " + failure.reason());
        }
    }

    private static boolean isPage(Exception exception) {
        NotJson notJson = Failures.find(exception, NotJson.class);
        return notJson != null && notJson.isPage();
    }
}
