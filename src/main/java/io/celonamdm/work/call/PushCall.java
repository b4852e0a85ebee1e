package io.celonamdm.work.call;

import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.ledger.device.Device;
import java.util.List;

/**
 * An MDM call that tells devices to fetch their eSIMs.
 *
 * @param entry the journal entry
 * @param address the SM-DP+ address to fetch them from
 * @param devices the devices
 */
public record PushCall(long entry, SmdpAddress address, List<Device> devices) implements Call {
    /** Copies the list. */
    public PushCall {
        devices = List.copyOf(devices);
    }
}
