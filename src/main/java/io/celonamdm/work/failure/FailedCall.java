package io.celonamdm.work.failure;

import io.celonamdm.esim.Step;
import io.celonamdm.http.Failure;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.Work;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A failed call of a step, with the devices that still wait for it.
 *
 * @param work the work
 * @param entry the journal entry of the call; null if no call was made, or the step journals none
 * @param devices the devices
 * @param failure what the failure means
 */
record FailedCall(Work work, @Nullable Long entry, List<Device> devices, Failure failure) {
    Sync sync() {
        return work.sync();
    }

    Step step() {
        return Objects.requireNonNull(work.kind().step());
    }

    List<Long> ids() {
        return devices.stream().map(Device::id).toList();
    }

    String reason() {
        return failure.reason();
    }
}
