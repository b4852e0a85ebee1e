package io.celonamdm.ledger;

/** Where the ledger has a device; each device is in exactly one place at any moment. */
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
    /** Nothing is left to do for it. */
    DONE,
    /** Its eSIM was taken off it, and it is left alone. */
    RETIRED
}
