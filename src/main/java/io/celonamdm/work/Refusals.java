package io.celonamdm.work;

import io.celonamdm.celona.Envelope;
import io.celonamdm.celona.Phrases;
import io.celonamdm.celona.UnreadableAnswer;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure;
import io.celonamdm.http.Failures;
import io.celonamdm.json.Json;
import io.celonamdm.ledger.DeadLetter;
import io.celonamdm.ledger.Devices;
import io.celonamdm.ledger.Journal;
import java.util.List;
import org.apache.camel.ExchangeException;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What follows for the devices of a call that the vendor looked at and refused. */
@Component
@Transactional
public class Refusals {
    private final Failures failures;
    private final Devices devices;
    private final Journal journal;
    private final Setbacks setbacks;
    private final Retries retries;
    private final RefusedBatches batches;
    private final Endings endings;
    private final LateRefusals late;
    private final Stock stock;

    Refusals(
            Failures failures,
            Devices devices,
            Journal journal,
            Setbacks setbacks,
            Retries retries,
            RefusedBatches batches,
            Endings endings,
            LateRefusals late,
            Stock stock) {
        this.failures = failures;
        this.devices = devices;
        this.journal = journal;
        this.setbacks = setbacks;
        this.retries = retries;
        this.batches = batches;
        this.endings = endings;
        this.late = late;
        this.stock = stock;
    }

    /** The vendor looked at the call and refused it. */
    public List<DeadLetter> refused(
            @ExchangeProperty("work") Work work,
            @ExchangeProperty("call") @Nullable Call call,
            @ExchangeException Exception exception) {
        Failure failure = failures.of(exception);
        // what a platform's own error handling has given up comes here too, whatever it means
        return switch (failure.kind()) {
            case PASSING -> setbacks.later(work, call, exception);
            case CONFIGURATION -> setbacks.quarantine(work, call, exception);
            case UNANSWERED, INTERNAL -> setbacks.unanswered(work, call, exception);
            case REFUSED -> refused(work, call, failure, Failures.find(exception, HttpOperationFailedException.class));
        };
    }

    private List<DeadLetter> refused(
            Work work, @Nullable Call call, Failure failure, @Nullable HttpOperationFailedException http) {
        if (work.kind().step() == null) {
            return retries.again(work, call, failure);
        }
        if (http != null && !hasEnvelope(http) && work.kind() == Work.Kind.ASSIGN) {
            // a refusal that is not Celona's own may come from something between that has passed the call on
            return setbacks.unanswered(work, call, new UnreadableAnswer("Celona's envelope", failure.reason()));
        }
        if (!settle(call, failure)) {
            return late.take(work, call, failure)
                    .map(left -> refusedAssignment(work, left, failure))
                    .orElse(List.of());
        }
        if (work.kind() == Work.Kind.ACTIVATE && http != null && http.getStatusCode() == 404) {
            retries.quarantine(work, call, ReasonCode.ACTIVATION_API_GONE, failure.reason());
            return List.of();
        }
        return switch (work.kind()) {
            case ASSIGN -> refusedAssignment(work, call, failure);
            case AWAIT -> {
                devices.doubt(Call.ids(work, call), ReasonCode.REQUEST_UNKNOWN, failure.reason());
                yield List.of();
            }
            case PUSH ->
                endings.dead(work.sync(), Call.ids(work, call), ReasonCode.COMMAND_FAILED, failure.reason(), null);
            case ACTIVATE -> batches.refused(work, call, ReasonCode.OTHER, failure);
            case ATTRIBUTE, PROFILE -> List.of();
        };
    }

    private List<DeadLetter> refusedAssignment(Work work, @Nullable Call call, Failure failure) {
        if (Phrases.in(failure.reason(), work.sync().celona().poolExhaustedWords())) {
            stock.exhausted(work.sync(), Call.ids(work, call), failure.reason());
            return List.of();
        }
        return batches.refused(work, call, ReasonCode.ASSIGN_REFUSED, failure);
    }

    /** False if the call's entry was decided before, so that its devices have gone on. */
    private boolean settle(@Nullable Call call, Failure failure) {
        return call == null || call.isEmpty() || journal.refused(call.entry(), failure.reason());
    }

    private static boolean hasEnvelope(HttpOperationFailedException http) {
        try {
            Envelope.of(Json.parse(String.valueOf(http.getResponseBody())).orElse(null));
            return true;
        } catch (UnreadableAnswer e) {
            return false;
        }
    }
}
