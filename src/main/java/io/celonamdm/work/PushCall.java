package io.celonamdm.work;

import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.ledger.device.Device;
import java.util.List;

/**
 * A call of the MDM that tells devices to fetch their eSIMs.
 *
 * @param entry the journal entry
 * @param address where they fetch them
 * @param devices the devices
 */
public record PushCall(long entry, SmdpAddress address, List<Device> devices) implements Call {
    /** Copies the list. */
    public PushCall {
        devices = List.copyOf(devices);
    }
}
