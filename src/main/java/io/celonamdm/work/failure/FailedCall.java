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
 * A step's call that failed, for the devices that wait for what follows.
 *
 * @param work the work
 * @param entry the journal entry of the call; null if none was made, or if the step journals none
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
