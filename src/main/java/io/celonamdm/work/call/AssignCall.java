package io.celonamdm.work.call;

import io.celonamdm.ledger.device.Device;
import java.util.List;

/**
 * A call of assign-eid.
 *
 * @param entry the journal entry
 * @param devices the devices to get an eSIM
 * @param csv the rows of its CSV, the header first
 */
public record AssignCall(long entry, List<Device> devices, List<List<String>> csv) implements Call {
    /** Copies the lists. */
    public AssignCall {
        devices = List.copyOf(devices);
        csv = List.copyOf(csv);
    }
}
