package io.celonamdm.esim;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Where a device stands on its way to a working eSIM. {@link #DONE} and {@link #RETIRED} are no steps to be tried: a device
 * that is in the place of that name has no step, and shows its place instead.
 */
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
    RETIRED;

    /** Steps that are tried, in their order. */
    public static final Set<Step> TRIED = range(ASSIGN, CONFIRM);

    /** Steps at which the ICCID of the device's eSIM is not known yet. */
    public static final Set<Step> BEFORE_ESIM = range(ASSIGN, AWAIT);

    /** Steps at which the device has an eSIM at Celona that is on its way to it. */
    public static final Set<Step> ON_THE_WAY = range(PUSH, CONFIRM);

    private static Set<Step> range(Step first, Step last) {
        return Collections.unmodifiableSet(EnumSet.range(first, last));
    }
}
