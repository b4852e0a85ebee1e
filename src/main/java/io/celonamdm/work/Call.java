package io.celonamdm.work;

import io.celonamdm.ledger.device.Device;
import java.util.List;

/** A call that is about to be made, and whose intent the journal has. */
public sealed interface Call permits AssignCall, PushCall, ActivationCall {
    /** The journal entry. */
    long entry();

    /** The devices that the call is about. */
    List<Device> devices();

    /** The ledger's ids of the devices. */
    default List<Long> ids() {
        return devices().stream().map(Device::id).toList();
    }
}
