package io.celonamdm.work;

import io.celonamdm.celona.Phrases;
import io.celonamdm.celona.Refused;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure;
import io.celonamdm.http.Failure.Kind;
import io.celonamdm.http.Failures;
import io.celonamdm.json.Fields;
import io.celonamdm.json.Json;
import io.celonamdm.ledger.DeadLetter;
import io.celonamdm.ledger.Devices;
import java.util.List;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What follows for the devices of a call that the vendor looked at and refused. */
@Component
class Refusals {
    private final Devices devices;
    private final Retries retries;
    private final RefusedBatches batches;
    private final Endings endings;
    private final Stock stock;

    Refusals(Devices devices, Retries retries, RefusedBatches batches, Endings endings, Stock stock) {
        this.devices = devices;
        this.retries = retries;
        this.batches = batches;
        this.endings = endings;
        this.stock = stock;
    }

    /** The vendor looked at the call and refused it. */
    List<DeadLetter> refused(
            Work work,
            @Nullable Call call,
            Failure failure,
            Exception exception,
            @Nullable HttpOperationFailedException http) {
        if (isGone(work, http)) {
            retries.quarantine(work, call, ReasonCode.ACTIVATION_API_GONE, failure.reason());
            return List.of();
        }
        List<Long> ids = Call.ids(work, call);
        return switch (work.kind()) {
            case ASSIGN -> refusedAssignment(work, call, failure);
            case AWAIT -> refusedQuestion(work, call, failure, code(exception, http));
            case PUSH -> endings.dead(work.sync(), ids, ReasonCode.COMMAND_FAILED, failure.reason(), null);
            case ACTIVATE -> batches.refused(work, call, ReasonCode.OTHER, failure);
            case CONFIRM, ATTRIBUTE, PROFILE -> retries.again(work, call, failure);
        };
    }

    private List<DeadLetter> refusedAssignment(Work work, @Nullable Call call, Failure failure) {
        if (Phrases.in(failure.reason(), work.sync().celona().poolExhaustedWords())) {
            stock.exhausted(work.sync(), Call.ids(work, call), failure.reason());
            return List.of();
        }
        return batches.refused(work, call, ReasonCode.ASSIGN_REFUSED, failure);
    }

    /** Whether there is nothing at the address of an activation. */
    static boolean isGone(Work work, @Nullable HttpOperationFailedException http) {
        return work.kind() == Work.Kind.ACTIVATE && http != null && http.getStatusCode() == 404;
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
