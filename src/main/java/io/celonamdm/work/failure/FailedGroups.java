package io.celonamdm.work.failure;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure.Kind;
import io.celonamdm.ledger.device.DeviceFacts;
import io.celonamdm.sync.CallSizes;
import io.celonamdm.work.Work;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Makes failed calls for several devices smaller: none of them pays for another. */
@Component
class FailedGroups {
    /** Failures that an outage explains as well. */
    private static final Set<ReasonCode> PASSING = EnumSet.of(ReasonCode.VENDOR_ERROR, ReasonCode.NOT_THE_VENDOR);

    private final DeviceFacts facts;
    private final CallSizes sizes;

    FailedGroups(DeviceFacts facts, CallSizes sizes) {
        this.facts = facts;
        this.sizes = sizes;
    }

    /**
     * Puts the devices into smaller calls, if the failure may be due to one of them or to their number.
     *
     * @return whether it may be due to one of them, so that the others are not to blame
     */
    boolean isOneToBlame(FailedCall failed) {
        if (!isGroup(failed)) {
            if (failed.work().kind() == Work.Kind.PUSH && FailureClassifier.mayBlameOne(failed.exception())) {
                sizes.explained(failed.sync());
            }
            return false;
        }
        if (FailureClassifier.mayBlameOne(failed.exception())) {
            facts.pushApart(failed.ids());
            if (PASSING.contains(failed.failure().code())) {
                sizes.failed(failed.sync(), failed.reason());
            } else {
                sizes.refused(failed.sync(), failed.reason());
            }
            return true;
        }
        if (failed.failure().kind() == Kind.OUTCOME_UNKNOWN && failed.work().attempts() > 0) {
            // a call that takes too long because of their number would always fail
            facts.pushApart(failed.ids());
        }
        return false;
    }

    private static boolean isGroup(FailedCall failed) {
        Work.Kind kind = failed.work().kind();
        return (kind == Work.Kind.PUSH || kind == Work.Kind.CONFIRM)
                && failed.work().devices().size() > 1;
    }
}
