package io.celonamdm.work.failure;

import io.celonamdm.ledger.device.Journal;
import io.celonamdm.ledger.device.UnansweredCalls;
import io.celonamdm.recovery.LateAnswers;
import io.celonamdm.text.Counted;
import io.celonamdm.work.call.AssignCall;
import io.celonamdm.work.call.Call;
import io.celonamdm.work.call.PushCall;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Decides the journal entries of failed calls. Each method returns the failed call with the devices that still wait for it;
 * those of an entry that was decided before have moved on.
 */
@Component
class FailedEntries {
    private static final Logger LOG = LoggerFactory.getLogger(FailedEntries.class);

    private final Journal journal;
    private final UnansweredCalls unanswered;
    private final LateAnswers lateAnswers;

    FailedEntries(Journal journal, UnansweredCalls unanswered, LateAnswers lateAnswers) {
        this.journal = journal;
        this.unanswered = unanswered;
        this.lateAnswers = lateAnswers;
    }

    /** Records that the call did not leave this process, or that nobody processed it. */
    FailedCall notSent(FailedCall failed) {
        if (isPushOfSeveral(failed) && !failed.sendsOnce()) {
            // such a push may be several calls; those before the failed one were made
            return inDoubt(failed);
        }
        return isFirst(failed, entry -> journal.notSent(entry, failed.words())) ? failed : withdrawn(failed);
    }

    /** Records that the vendor refused the call. */
    FailedCall refused(FailedCall failed) {
        if (isPushOfSeveral(failed)) {
            // nobody says that a call for several is refused before any of them is served
            return inDoubt(failed);
        }
        return isFirst(failed, entry -> journal.refused(entry, failed.reason())) ? failed : withdrawn(failed);
    }

    private static boolean isPushOfSeveral(FailedCall failed) {
        return failed.call() instanceof PushCall push && push.devices().size() > 1;
    }

    /** Records that nobody knows whether the call was processed. */
    FailedCall inDoubt(FailedCall failed) {
        return isFirst(failed, entry -> journal.inDoubt(entry, failed.words())) ? failed : failed.of(List.of());
    }

    /**
     * Whether nothing was decided before. Without a call, nothing unrepeatable was sent, but what the step writes may have
     * been committed.
     */
    private boolean isFirst(FailedCall failed, LongPredicate decision) {
        Call call = failed.call();
        if (call != null) {
            return decision.test(call.entry());
        }
        boolean waiting = unanswered.anyInFlight(failed.step(), failed.devices());
        if (waiting) {
            unanswered.neverMade(failed.step(), failed.ids(), failed.words());
        }
        return waiting;
    }

    /**
     * It came late that the call did nothing. Only an assign-eid leaves devices in doubt; the failure applies to them as if
     * it had come in time.
     */
    private FailedCall withdrawn(FailedCall failed) {
        if (!(failed.call() instanceof AssignCall call)) {
            return failed.of(List.of());
        }
        Set<Long> doubtful = lateAnswers.withdraw(failed.sync(), call.entry(), failed.reason());
        if (!doubtful.isEmpty()) {
            LOG.warn(
                    "it came late that journal entry {} did nothing, which ends the doubt about {}; {}",
                    call.entry(),
                    Counted.words(doubtful.size(), "device"),
                    failed.words());
        }
        return failed.of(call.devices().stream()
                .filter(device -> doubtful.contains(device.id()))
                .toList());
    }
}
