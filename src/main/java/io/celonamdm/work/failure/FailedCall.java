package io.celonamdm.work.failure;

import io.celonamdm.esim.Step;
import io.celonamdm.http.Failure;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.Work;
import io.celonamdm.work.call.Call;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A failed call of a step, with the devices that still wait for it.
 *
 * @param work the work
 * @param call the call; null if none was made, or the step journals none
 * @param devices the devices
 * @param failure what the failure means
 * @param sendsOnce whether it makes at most one call that sends, after all others
 * @param exception the failure itself
 */
record FailedCall(
        Work work, @Nullable Call call, List<Device> devices, Failure failure, boolean sendsOnce, Exception exception) {
    /** The same failure for those of its devices that still wait for it. */
    FailedCall of(List<Device> waiting) {
        return new FailedCall(work, call, waiting, failure, sendsOnce, exception);
    }

    /** The journal entry of the call. */
    @Nullable
    Long entry() {
        return call == null ? null : call.entry();
    }

    Sync sync() {
        return work.sync();
    }

    Step step() {
        return Objects.requireNonNull(work.kind().step());
    }

    List<Long> ids() {
        return Device.ids(devices);
    }

    String reason() {
        return failure.reason();
    }

    /** The failure as the journal has it. */
    String words() {
        return failure.code() + ": " + failure.reason();
    }

    /** Whether the activation endpoint is missing. */
    boolean isApiGone() {
        return FailureClassifier.isApiGone(work, exception);
    }

    /** Whether something other than the vendor answered a mere query. */
    boolean isWorthAskingUntilAnswered() {
        return FailureClassifier.isWorthAskingUntilAnswered(work, exception);
    }
}
