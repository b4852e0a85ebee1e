package io.celonamdm.plan;

/** What happens to a device's name that another device of the sync has already. */
public enum NameCollision {
    /** Both have it. */
    ALLOW,
    /** The later one gets a number behind it. */
    NUMBER,
    /** The later one gets the last digits of its EID behind it. */
    EID
}
