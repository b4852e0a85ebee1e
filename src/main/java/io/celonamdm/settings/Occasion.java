package io.celonamdm.settings;

/** What people can be told of. */
public enum Occasion {
    /** A run has ended that changed something, lost a device, or was a bad night. */
    RUN,
    /** A sync is quarantined. */
    QUARANTINE,
    /** Devices of a sync fail for a reason that none failed for lately, are in doubt, or find no eSIM left; or a night was bad. */
    FAILURE,
    /** A quarantine, doubt or an empty pool is over, or a good night came after bad ones. */
    RECOVERY,
    /** A credential expires soon. */
    EXPIRY,
    /** How all syncs stand, at a time of day. */
    DIGEST,
    /** Something waits for a person, changes, or is mended: an event for a program that keeps tickets. */
    INCIDENT
}
