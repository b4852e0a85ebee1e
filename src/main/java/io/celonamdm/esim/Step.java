package io.celonamdm.esim;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * The step of a device on its way to a working eSIM. {@link #DONE} and {@link #RETIRED} are never tried: a device in the place
 * of that name has no step, and shows its place instead.
 */
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
