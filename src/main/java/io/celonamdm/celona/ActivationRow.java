package io.celonamdm.celona;

import io.celonamdm.esim.Iccid;
import org.jspecify.annotations.Nullable;

/**
 * An eSIM to activate, name or group.
 *
 * @param iccid the eSIM
 * @param name the device's name; empty for no name
 * @param group the device's group; empty is Celona's default group
 * @param simLock the SIM lock; null for none
 */
public record ActivationRow(
        Iccid iccid, String name, String group, @Nullable SimLock simLock) {

    /** Whether the eSIM is to be locked. */
    public boolean isLocked() {
        return simLock != null && simLock.isEnabled();
    }
}
