package io.celonamdm.work;

import io.celonamdm.celona.Envelope;
import io.celonamdm.celona.Phrases;
import io.celonamdm.celona.UnreadableAnswer;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure;
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
            Work work, @Nullable Call call, Failure failure, @Nullable HttpOperationFailedException http) {
        if (work.kind() == Work.Kind.ACTIVATE && http != null && http.getStatusCode() == 404) {
            retries.quarantine(work, call, ReasonCode.ACTIVATION_API_GONE, failure.reason());
            return List.of();
        }
        List<Long> ids = Call.ids(work, call);
        return switch (work.kind()) {
            case ASSIGN -> refusedAssignment(work, call, failure);
            case AWAIT -> {
                devices.doubt(ids, ReasonCode.REQUEST_UNKNOWN, failure.reason());
                yield List.of();
            }
            case PUSH -> endings.dead(work.sync(), ids, ReasonCode.COMMAND_FAILED, failure.reason(), null);
            case ACTIVATE -> batches.refused(work, call, ReasonCode.OTHER, failure);
            case ATTRIBUTE, PROFILE -> retries.again(work, call, failure);
        };
    }

    private List<DeadLetter> refusedAssignment(Work work, @Nullable Call call, Failure failure) {
        if (Phrases.in(failure.reason(), work.sync().celona().poolExhaustedWords())) {
            stock.exhausted(work.sync(), Call.ids(work, call), failure.reason());
            return List.of();
        }
        return batches.refused(work, call, ReasonCode.ASSIGN_REFUSED, failure);
    }

    /** Whether it was Celona that refused, by the envelope of its answer. */
    static boolean isCelonas(@Nullable HttpOperationFailedException http) {
        if (http == null) {
            // told by an envelope with status 200
            return true;
        }
        try {
            Envelope.of(Json.parse(String.valueOf(http.getResponseBody())).orElse(null));
            return true;
        } catch (UnreadableAnswer e) {
            return false;
        }
    }
}
