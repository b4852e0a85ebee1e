package io.celonamdm.control;

/** Actions for dead letters. */
public enum DeadLetterAction implements Action {
    /** Continues the devices, each at its failed step. */
    REDRIVE,
    /** Redrives the rows of a corrected export, or accepts them as confirmed. */
    IMPORT,
    /** Adopts devices that were given up. */
    ADOPT,
    /** Assigns eSIMs once more to devices that were given up. */
    RELEASE
}
