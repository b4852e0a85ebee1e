package io.celonamdm.settings;

/** What people can be told of. */
public enum Occasion {
    /** A run has ended that changed something, failed, or left a plan to be approved. */
    RUN,
    /** A sync is quarantined. */
    QUARANTINE,
    /** Devices of a sync fail for a reason that none failed for lately, or are in doubt. */
    FAILURE,
    /** A quarantine is over; told to those who were told of it. */
    RECOVERY,
    /** A credential expires soon. */
    EXPIRY,
    /** How all syncs stand, at a time of day. */
    DIGEST
}
