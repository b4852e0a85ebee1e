package io.celonamdm.esim;

/** The step of a device on its way to a working eSIM. */
public enum Step {
    /** Celona assigns an eSIM to it. */
    ASSIGN,
    /** The connector polls Celona for the assignment. */
    AWAIT,
    /** The MDM sends the SM-DP+ address to the device. */
    PUSH,
    /** Celona activates, names and groups the eSIM. */
    ACTIVATE,
    /** The eSIM is active; the device has yet to show that it has it. */
    CONFIRM,
    /** Nothing is left to do. */
    DONE,
    /** The eSIM was removed from the device; its ICCID is free for another one. */
    RETIRED
}
