package io.celonamdm.celona;

import io.celonamdm.esim.Iccid;
import org.jspecify.annotations.Nullable;

/**
 * An eSIM that is to be activated, named or grouped.
 *
 * @param iccid the eSIM
 * @param name the device's name; empty asks for none
 * @param group the device's group; empty is Celona's default group
 * @param simLock the SIM lock; null if none is asked for
 */
public record ActivationRow(
        Iccid iccid, String name, String group, @Nullable SimLock simLock) {}
