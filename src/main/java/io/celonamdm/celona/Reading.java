package io.celonamdm.celona;

/**
 * The meaning of Celona's "ICCID status needs to be 'Provisioned' for activation". The documents allow two readings and
 * do not decide between them.
 */
public enum Reading {
    /** An eSIM can be activated once the device has downloaded it. */
    DOWNLOADED,
    /** An eSIM can be activated once it is assigned; one that is not "Provisioned" is active already, or deactivated. */
    ASSIGNED
}
