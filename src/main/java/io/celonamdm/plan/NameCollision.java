package io.celonamdm.plan;

/** The treatment of a name that another device of the sync already has. */
public enum NameCollision {
    /** Both keep it. */
    ALLOW,
    /** The later one gets a number as suffix. */
    NUMBER,
    /** The later one gets the last digits of its EID as suffix. */
    EID
}
