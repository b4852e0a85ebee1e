package io.celonamdm.work;

import io.celonamdm.celona.Phrases;
import io.celonamdm.celona.Refused;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure;
import io.celonamdm.http.Failure.Kind;
import io.celonamdm.http.Failures;
import io.celonamdm.http.KnownFailure;
import io.celonamdm.json.Fields;
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
            case REFUSED -> refused(work, call, failure, exception);
        };
    }

    private List<DeadLetter> refused(Work work, @Nullable Call call, Failure failure, Exception exception) {
        if (work.kind().step() == null) {
            return retries.again(work, call, failure);
        }
        HttpOperationFailedException http = Failures.find(exception, HttpOperationFailedException.class);
        boolean noSuchPlace = work.kind() == Work.Kind.ACTIVATE && http != null && http.getStatusCode() == 404;
        if (!noSuchPlace && Answerer.isSomebodyElse(work, exception)) {
            // nobody knows what the vendor would have said, or whether the call was passed on to it
            return setbacks.unanswered(
                    work,
                    call,
                    new KnownFailure(new Failure(
                            Kind.UNANSWERED, ReasonCode.NOT_THE_VENDOR, failure.reason(), failure.again())));
        }
        if (!settle(call, failure)) {
            return late.take(work, call, failure)
                    .map(left -> refusedAssignment(work, left, failure))
                    .orElse(List.of());
        }
        if (noSuchPlace) {
            retries.quarantine(work, call, ReasonCode.ACTIVATION_API_GONE, failure.reason());
            return List.of();
        }
        return switch (work.kind()) {
            case ASSIGN -> refusedAssignment(work, call, failure);
            case AWAIT -> refusedQuestion(work, call, failure, code(exception, http));
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

    /** Celona refused the question; that the request is unknown is one reason, and others pass. */
    private List<DeadLetter> refusedQuestion(Work work, @Nullable Call call, Failure failure, int code) {
        if (code == 401 || code == 403) {
            ReasonCode reason = code == 401 ? ReasonCode.BAD_CREDENTIALS : ReasonCode.FORBIDDEN;
            retries.quarantine(work, call, reason, failure.reason());
            return List.of();
        }
        if (code == 408 || code == 429 || code >= 500) {
            ReasonCode reason = code == 429 ? ReasonCode.THROTTLED : ReasonCode.VENDOR_ERROR;
            return retries.again(work, call, new Failure(Kind.UNANSWERED, reason, failure.reason(), failure.again()));
        }
        devices.doubt(Call.ids(work, call), ReasonCode.REQUEST_UNKNOWN, failure.reason());
        return List.of();
    }

    /** The code in Celona's envelope, or else the status. */
    private static int code(Exception exception, @Nullable HttpOperationFailedException http) {
        Refused refused = Failures.find(exception, Refused.class);
        if (refused != null) {
            return refused.code();
        }
        if (http == null) {
            return 0;
        }
        Fields answer =
                Fields.of(Json.parse(String.valueOf(http.getResponseBody())).orElse(null));
        return answer.object("responseMeta")
                .text("code")
                .or(() -> answer.text("code"))
                .filter(code -> code.matches("[1-9]\\d{0,5}"))
                .map(Integer::valueOf)
                .orElse(http.getStatusCode());
    }
}
