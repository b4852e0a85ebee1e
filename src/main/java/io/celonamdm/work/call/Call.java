package io.celonamdm.work.call;

import io.celonamdm.ledger.device.Device;
import java.util.List;

/** A call that is about to be made, with its intent in the journal. */
public sealed interface Call permits AssignCall, PushCall, ActivationCall {
    /** The journal entry. */
    long entry();

    /** The devices of the call. */
    List<Device> devices();

    /** The ledger's ids of the devices. */
    default List<Long> ids() {
        return Device.ids(devices());
    }
}
