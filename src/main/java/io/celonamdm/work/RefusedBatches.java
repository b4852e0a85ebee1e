package io.celonamdm.work;

import io.celonamdm.celona.Reasons;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure;
import io.celonamdm.ledger.BatchPart;
import io.celonamdm.ledger.BatchParts;
import io.celonamdm.ledger.DeadLetter;
import io.celonamdm.ledger.EarlierCalls;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A batch that Celona refused as a whole is halved until the rows that it refuses stand alone; the others go on. If both
 * halves are refused for one reason, and nothing was taken before, the rows are not to blame, and the sync stops.
 */
@Component
@Transactional
class RefusedBatches {
    private static final Logger LOG = LoggerFactory.getLogger(RefusedBatches.class);

    private final BatchParts parts;
    private final EarlierCalls earlier;
    private final Quarantines quarantines;
    private final Retries retries;
    private final Endings endings;

    RefusedBatches(BatchParts parts, EarlierCalls earlier, Quarantines quarantines, Retries retries, Endings endings) {
        this.parts = parts;
        this.earlier = earlier;
        this.quarantines = quarantines;
        this.retries = retries;
        this.endings = endings;
    }

    /**
     * Decides how the devices of a refused call go on.
     *
     * @param code the code of a device that was refused alone
     * @return the dead letters
     */
    List<DeadLetter> refused(Work work, @Nullable Call call, ReasonCode code, Failure failure) {
        List<Long> ids = Call.ids(work, call);
        ReasonCode known = Reasons.classify(failure.reason());
        if (Reasons.accountWide(known)) {
            retries.quarantine(work, call, known, failure.reason());
            return List.of();
        }
        if (ids.size() == 1) {
            return refusedAlone(work, call, code, failure);
        }
        if (call == null || call.isEmpty()) {
            retries.quarantine(work, call, ReasonCode.BATCH_REJECTED, failure.reason());
            return List.of();
        }
        BatchPart own = call.devices().get(0).part();
        BatchPart part = own == null ? new BatchPart(call.entry(), "") : own;
        // what was taken tonight shows that Celona still reads such a CSV, so that it is the rows that it refuses
        boolean taken = parts.anyTaken(part.whole())
                || earlier.hasAnswer(
                        work.run(), Objects.requireNonNull(work.kind().step()));
        if (!part.isUndivided() && !taken && failure.reason().equals(parts.refusalOfSibling(part))) {
            return blameNoRow(work, call, part, failure);
        }
        int most = mostCalls(part.isUndivided() ? ids.size() : parts.size(part.whole()));
        if (parts.calls(part.whole()) + 2 <= most) {
            LOG.warn(
                    "{} refused {} devices as a whole, which are sent in halves: {}",
                    work.kind(),
                    ids.size(),
                    failure.reason());
            parts.halve(part, ids);
            return List.of();
        }
        if (!taken) {
            return blameNoRow(work, call, part, failure);
        }
        // what was found so far is out of the way; the rest is halved anew, as a batch of its own
        parts.leave(ids);
        return retries.again(work, call, failure);
    }

    private List<DeadLetter> refusedAlone(Work work, @Nullable Call call, ReasonCode code, Failure failure) {
        if (quarantines.isProbing(work.sync(), ReasonCode.BATCH_REJECTED)) {
            // the next probe is made with another device
            retries.quarantine(work, call, ReasonCode.BATCH_REJECTED, failure.reason());
            return List.of();
        }
        return endings.dead(work.sync(), Call.ids(work, call), code, failure.reason(), null);
    }

    private List<DeadLetter> blameNoRow(Work work, Call call, BatchPart part, Failure failure) {
        parts.join(part.whole());
        retries.quarantine(work, call, ReasonCode.BATCH_REJECTED, failure.reason());
        return List.of();
    }

    /** The most calls that may follow on a refused batch: as many as it takes to find one row of it, and two. */
    static int mostCalls(int devices) {
        return (int) (2 * Math.log(devices) / Math.log(2)) + 2;
    }
}
