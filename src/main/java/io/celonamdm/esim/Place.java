package io.celonamdm.esim;

import io.celonamdm.ledger.device.DeviceTransitions;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Where the ledger has a device; each device is in exactly one place at any moment, and {@link DeviceTransitions} are all ways
 * from one to another. At most of them it also has a {@link Step}; together they are its {@link Position}.
 */
public enum Place {
    /** It waits for the time at which its step is due. */
    WAITING,
    /** It is part of a work item that is being done. */
    IN_FLIGHT,
    /** A call was sent for it whose answer never came, and which must not be sent again. */
    IN_DOUBT,
    /** It is held back, with a code. */
    HELD,
    /** It failed for a reason that waiting does not mend; a dead letter says which. */
    DEAD,
    /** Nothing is left to do for it. It has no step. */
    DONE,
    /** Its eSIM was taken off it, and it is left alone. It has no step. */
    RETIRED;

    /** Places of devices that go on without anybody's doing. */
    public static final Set<Place> UNDER_WAY = Collections.unmodifiableSet(EnumSet.of(WAITING, IN_FLIGHT));

    /** Whether a device in this place has a step. */
    public boolean hasStep() {
        return this != DONE && this != RETIRED;
    }
}
