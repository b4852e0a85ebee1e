package io.celonamdm.sync;

import io.celonamdm.plan.BackOff;
import io.celonamdm.plan.DeviceGroups;
import io.celonamdm.plan.DeviceName;
import io.celonamdm.plan.Guards;
import io.celonamdm.settings.BackOffSettings;
import io.celonamdm.settings.CelonaSettings;
import io.celonamdm.settings.GuardSettings;
import io.celonamdm.settings.MdmSettings;
import io.celonamdm.settings.SyncSettings;

/**
 * A sync with its rules ready to use.
 *
 * @param name the sync's name
 * @param settings its settings
 * @param names how its devices are named
 * @param groups which group a device joins
 * @param guards what holds new devices back
 * @param retry how a call that failed for a passing reason is repeated
 * @param poll how often a status is asked for
 * @param provision how often a device that has not downloaded its eSIM is looked at
 */
public record Sync(
        String name,
        SyncSettings settings,
        DeviceName names,
        DeviceGroups groups,
        Guards guards,
        BackOff retry,
        BackOff poll,
        BackOff provision) {

    /** A sync out of its settings. */
    public static Sync of(String name, SyncSettings settings) {
        CelonaSettings celona = settings.celona();
        GuardSettings guards = settings.guards();
        BackOffSettings retry = settings.retry();
        return new Sync(
                name,
                settings,
                new DeviceName(settings.deviceName(), settings.deviceNameMaxLength()),
                new DeviceGroups(settings.deviceGroups(), settings.defaultGroup()),
                new Guards(guards.maxNew(), guards.maxNewPercent(), guards.minInventory()),
                new BackOff(retry.first(), retry.max()),
                new BackOff(celona.poll().first(), celona.poll().max()),
                new BackOff(celona.provision().first(), celona.provision().max()));
    }

    /** The MDM tenant. */
    public MdmSettings mdm() {
        return settings.mdm();
    }

    /** The Celona customer. */
    public CelonaSettings celona() {
        return settings.celona();
    }

    /** The platform's name, which is the first part of its routes' ids. */
    public String platform() {
        return settings.mdm().platform();
    }
}
