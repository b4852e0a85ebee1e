package io.celonamdm.esim;

/** Where a device stands on its way to a working eSIM. */
public enum Step {
    /** It gets an eSIM at Celona. */
    ASSIGN,
    /** Celona is asked whether the assignment is done. */
    AWAIT,
    /** The SM-DP+ address goes to the device through the MDM. */
    PUSH,
    /** The eSIM is activated, named and grouped at Celona. */
    ACTIVATE,
    /** The eSIM is active; a sign of the device is waited for that it has it. */
    CONFIRM,
    /** Nothing is left to do. */
    DONE,
    /** The eSIM was taken off the device; its ICCID is free for another one. */
    RETIRED
}
