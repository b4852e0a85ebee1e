package io.celonamdm.work.failure;

import io.celonamdm.celona.Phrases;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.device.DeadLetter;
import io.celonamdm.ledger.device.DeviceTransitions;
import io.celonamdm.work.DeviceCompletion;
import io.celonamdm.work.PoolExhaustion;
import java.util.List;
import org.springframework.stereotype.Component;

/** Decides what follows the vendor's own refusal of a call, which depends on the step. */
@Component
class RefusedCalls {
    private final DeviceTransitions transitions;
    private final DeviceCompletion completion;
    private final PoolExhaustion pool;
    private final BatchBisection bisection;
    private final RetryScheduler retries;

    RefusedCalls(
            DeviceTransitions transitions,
            DeviceCompletion completion,
            PoolExhaustion pool,
            BatchBisection bisection,
            RetryScheduler retries) {
        this.transitions = transitions;
        this.completion = completion;
        this.pool = pool;
        this.bisection = bisection;
        this.retries = retries;
    }

    /** Decides what the devices of the call do now; returns the dead letters. */
    List<DeadLetter> refused(FailedCall failed) {
        return switch (failed.step()) {
            case ASSIGN -> {
                if (!Phrases.in(failed.reason(), failed.sync().celona().poolExhaustedWords())) {
                    yield bisection.refused(failed, ReasonCode.ASSIGN_REFUSED);
                }
                pool.exhausted(failed.sync(), failed.ids(), failed.reason());
                yield List.of();
            }
            case AWAIT -> {
                transitions.putInDoubt(failed.ids(), ReasonCode.REQUEST_UNKNOWN, failed.reason());
                yield List.of();
            }
            case PUSH -> completion.dead(failed.sync(), failed.ids(), ReasonCode.COMMAND_FAILED, failed.reason(), null);
            case ACTIVATE ->
                failed.isApiGone()
                        ? retries.quarantine(failed, ReasonCode.ACTIVATION_API_GONE)
                        : bisection.refused(failed, ReasonCode.OTHER);
            case CONFIRM -> retries.again(failed);
        };
    }
}
