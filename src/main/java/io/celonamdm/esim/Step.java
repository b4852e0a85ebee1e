package io.celonamdm.esim;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What a device does next on its way to a working eSIM; {@link Position} tells which devices have a step. */
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
    CONFIRM;

    /** Steps at which the ICCID of the device's eSIM is not known yet. */
    public static final Set<Step> BEFORE_ESIM = range(ASSIGN, AWAIT);

    /** Steps at which the device has an eSIM at Celona that is on its way to it. */
    public static final Set<Step> ON_THE_WAY = range(PUSH, CONFIRM);

    private static Set<Step> range(Step first, Step last) {
        return Collections.unmodifiableSet(EnumSet.range(first, last));
    }
}
