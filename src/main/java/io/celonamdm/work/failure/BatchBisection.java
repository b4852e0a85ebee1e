package io.celonamdm.work.failure;

import io.celonamdm.celona.Reasons;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.device.BatchPart;
import io.celonamdm.ledger.device.BatchParts;
import io.celonamdm.ledger.device.DeadLetter;
import io.celonamdm.ledger.device.EarlierCalls;
import io.celonamdm.text.Counted;
import io.celonamdm.work.ActivationVerdicts;
import io.celonamdm.work.DeviceCompletion;
import io.celonamdm.work.Quarantines;
import io.celonamdm.work.call.ActivationCall;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Halves a batch that Celona refused as a whole until the refused rows stand alone; the others continue. If both halves
 * are refused for one reason, and nothing was accepted before, the rows are not to blame, and the sync stops.
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
    private final ActivationVerdicts verdicts;

    BatchBisection(
            BatchParts parts,
            EarlierCalls earlier,
            Quarantines quarantines,
            RetryScheduler retries,
            DeviceCompletion completion,
            ActivationVerdicts verdicts) {
        this.parts = parts;
        this.earlier = earlier;
        this.quarantines = quarantines;
        this.retries = retries;
        this.completion = completion;
        this.verdicts = verdicts;
    }

    /**
     * Decides how the devices of a refused call continue.
     *
     * @param code the code for a device that was refused alone
     * @return the dead letters
     */
    List<DeadLetter> refused(FailedCall failed, ReasonCode code) {
        ReasonCode known = Reasons.classify(failed.reason());
        if (Reasons.accountWide(known)) {
            return refusedLocks(failed, known);
        }
        if (failed.devices().size() == 1) {
            return refusedAlone(failed, code);
        }
        return failed.entry() == null
                ? retries.quarantine(failed, ReasonCode.BATCH_REJECTED)
                : bisect(failed, failed.entry());
    }

    /** Holds the devices whose rule the refusal is about, and sends the others without them; if there are none, the sync stops. */
    private List<DeadLetter> refusedLocks(FailedCall failed, ReasonCode code) {
        List<Long> blamed = failed.call() instanceof ActivationCall call ? call.blamed(failed.sync(), code) : List.of();
        if (blamed.isEmpty()) {
            return retries.quarantine(failed, code);
        }
        LOG.warn(
                "{} of {} held, the others sent again: {}: {}",
                blamed.size(),
                Counted.words(failed.devices().size(), "device"),
                code,
                failed.reason());
        parts.leave(failed.ids());
        verdicts.sendWithout(blamed, failed.ids(), code, failed.reason());
        return List.of();
    }

    private List<DeadLetter> refusedAlone(FailedCall failed, ReasonCode code) {
        if (quarantines.isProbing(failed.sync(), ReasonCode.BATCH_REJECTED)) {
            // the next probe uses another device
            return retries.quarantine(failed, ReasonCode.BATCH_REJECTED);
        }
        return completion.dead(failed.sync(), failed.ids(), code, failed.reason(), null);
    }

    private List<DeadLetter> bisect(FailedCall failed, long entry) {
        BatchPart own = failed.devices().get(0).part();
        BatchPart part = own == null ? new BatchPart(entry, "") : own;
        int size = failed.devices().size();
        // a CSV accepted tonight shows that Celona still reads the format, so the rows are to blame
        boolean taken =
                parts.anyTaken(part.whole()) || earlier.hasAnswer(failed.work().run(), failed.step());
        if (!part.isUndivided() && !taken && failed.reason().equals(parts.refusalOfSibling(part))) {
            return blameNoRow(failed, part);
        }
        int most = mostCalls(part.isUndivided() ? size : parts.size(part.whole()));
        if (parts.calls(part.whole()) + 2 <= most) {
            LOG.warn(
                    "{} refused {} as a whole; they are sent in halves: {}",
                    failed.work().kind(),
                    Counted.words(size, "device"),
                    failed.reason());
            parts.halve(part, failed.ids());
            return List.of();
        }
        if (!taken) {
            return blameNoRow(failed, part);
        }
        // the refused rows found so far are out; halve the rest again, as a batch of its own
        parts.leave(failed.ids());
        return retries.again(failed);
    }

    private List<DeadLetter> blameNoRow(FailedCall failed, BatchPart part) {
        parts.join(part.whole());
        return retries.quarantine(failed, ReasonCode.BATCH_REJECTED);
    }

    /** The most calls that may follow a refused batch: enough to find one of its rows, plus two. */
    static int mostCalls(int devices) {
        return (int) (2 * Math.log(devices) / Math.log(2)) + 2;
    }
}
