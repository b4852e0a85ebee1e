package io.celonamdm.work;

import io.celonamdm.http.Failure;
import io.celonamdm.recovery.LateAnswers;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What it means for a call that was taken for unanswered when it turns out to have done nothing. */
@Component
class LateRefusals {
    private static final Logger LOG = LoggerFactory.getLogger(LateRefusals.class);

    private final LateAnswers lateAnswers;

    LateRefusals(LateAnswers lateAnswers) {
        this.lateAnswers = lateAnswers;
    }

    /**
     * Ends the doubt about the devices of an assign-eid. Other calls leave no device in doubt; theirs have gone on.
     *
     * @return the call for those devices alone, for which the failure counts as if it had come in time; empty if there
     *     are none
     */
    Optional<Call> take(Work work, @Nullable Call call, Failure failure) {
        if (call == null || work.kind() != Work.Kind.ASSIGN) {
            return Optional.empty();
        }
        Set<Long> devices = lateAnswers.withdraw(work.sync(), call.entry(), failure.reason());
        LOG.warn(
                "it came late that journal entry {} did nothing, which ends the doubt about {} devices; {}: {}",
                call.entry(),
                devices.size(),
                failure.code(),
                failure.reason());
        return devices.isEmpty() ? Optional.empty() : Optional.of(call.only(devices));
    }
}
