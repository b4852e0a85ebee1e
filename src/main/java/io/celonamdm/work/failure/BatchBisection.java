package io.celonamdm.work.failure;

import io.celonamdm.celona.Reasons;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.device.BatchPart;
import io.celonamdm.ledger.device.BatchParts;
import io.celonamdm.ledger.device.DeadLetter;
import io.celonamdm.ledger.device.EarlierCalls;
import io.celonamdm.work.DeviceCompletion;
import io.celonamdm.work.Quarantines;
import java.util.List;
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
class BatchBisection {
    private static final Logger LOG = LoggerFactory.getLogger(BatchBisection.class);

    private final BatchParts parts;
    private final EarlierCalls earlier;
    private final Quarantines quarantines;
    private final RetryScheduler retries;
    private final DeviceCompletion completion;

    BatchBisection(
            BatchParts parts,
            EarlierCalls earlier,
            Quarantines quarantines,
            RetryScheduler retries,
            DeviceCompletion completion) {
        this.parts = parts;
        this.earlier = earlier;
        this.quarantines = quarantines;
        this.retries = retries;
        this.completion = completion;
    }

    /**
     * Decides how the devices of a refused call go on.
     *
     * @param code the code of a device that was refused alone
     * @return the dead letters
     */
    List<DeadLetter> refused(FailedCall failed, ReasonCode code) {
        ReasonCode known = Reasons.classify(failed.reason());
        if (Reasons.accountWide(known)) {
            return retries.quarantine(failed, known);
        }
        if (failed.devices().size() == 1) {
            return refusedAlone(failed, code);
        }
        return failed.entry() == null
                ? retries.quarantine(failed, ReasonCode.BATCH_REJECTED)
                : bisect(failed, failed.entry());
    }

    private List<DeadLetter> refusedAlone(FailedCall failed, ReasonCode code) {
        if (quarantines.isProbing(failed.sync(), ReasonCode.BATCH_REJECTED)) {
            // the next probe is made with another device
            return retries.quarantine(failed, ReasonCode.BATCH_REJECTED);
        }
        return completion.dead(failed.sync(), failed.ids(), code, failed.reason(), null);
    }

    private List<DeadLetter> bisect(FailedCall failed, long entry) {
        BatchPart own = failed.devices().get(0).part();
        BatchPart part = own == null ? new BatchPart(entry, "") : own;
        int size = failed.devices().size();
        // what was taken tonight shows that Celona still reads such a CSV, so that it is the rows that it refuses
        boolean taken =
                parts.anyTaken(part.whole()) || earlier.hasAnswer(failed.work().run(), failed.step());
        if (!part.isUndivided() && !taken && failed.reason().equals(parts.refusalOfSibling(part))) {
            return blameNoRow(failed, part);
        }
        int most = mostCalls(part.isUndivided() ? size : parts.size(part.whole()));
        if (parts.calls(part.whole()) + 2 <= most) {
            LOG.warn(
                    "{} refused {} devices as a whole, which are sent in halves: {}",
                    failed.work().kind(),
                    size,
                    failed.reason());
            parts.halve(part, failed.ids());
            return List.of();
        }
        if (!taken) {
            return blameNoRow(failed, part);
        }
        // what was found so far is out of the way; the rest is halved again, as a batch of its own
        parts.leave(failed.ids());
        return retries.again(failed);
    }

    private List<DeadLetter> blameNoRow(FailedCall failed, BatchPart part) {
        parts.join(part.whole());
        return retries.quarantine(failed, ReasonCode.BATCH_REJECTED);
    }

    /** The most calls that may follow on a refused batch: as many as it takes to find one row of it, and two. */
    static int mostCalls(int devices) {
        return (int) (2 * Math.log(devices) / Math.log(2)) + 2;
    }
}
