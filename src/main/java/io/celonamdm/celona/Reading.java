package io.celonamdm.celona;

/**
 * What Celona means by "ICCID status needs to be 'Provisioned' for activation". Its documents can be read in two ways, and
 * none says which is meant.
 */
public enum Reading {
    /** An eSIM can be activated once the device has downloaded it. */
    DOWNLOADED,
    /** An eSIM can be activated once it is assigned; one that is not "Provisioned" is active already, or deactivated. */
    ASSIGNED
}
