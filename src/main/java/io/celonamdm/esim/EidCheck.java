package io.celonamdm.esim;

/** The treatment of an EID with wrong check digits. */
public enum EidCheck {
    /** Ignores the check digits. */
    OFF,
    /** Serves the device, and reports the finding. */
    WARN,
    /** Skips the device. */
    STRICT
}
