package io.celonamdm.sync;

import io.celonamdm.celona.SimLock;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.InvalidValue;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.plan.BackOff;
import io.celonamdm.plan.DeviceGroups;
import io.celonamdm.plan.DeviceName;
import io.celonamdm.plan.DistinctNames;
import io.celonamdm.plan.GivenIccid;
import io.celonamdm.plan.GroupRule;
import io.celonamdm.plan.Guards;
import io.celonamdm.plan.Scope;
import io.celonamdm.settings.BackOffSettings;
import io.celonamdm.settings.CelonaSettings;
import io.celonamdm.settings.DeviceGroupSettings;
import io.celonamdm.settings.GuardSettings;
import io.celonamdm.settings.SimLockSettings;
import io.celonamdm.settings.SyncSettings;
import io.celonamdm.settings.mdm.MdmSettings;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A sync with its rules ready to use.
 *
 * @param name the sync's name
 * @param settings its settings
 * @param jitter the longest delay of a night after its scheduled time
 * @param scope the devices that it serves
 * @param names the names of its devices
 * @param distinctNames the treatment of equal names
 * @param iccids the eSIM that a device must get
 * @param groups the group that a device joins
 * @param guards the guards that hold new devices back
 * @param retry the backoff after transient failures
 * @param poll the backoff of status polls
 * @param provision the backoff for devices that have not downloaded their eSIM
 * @param confirm the backoff of command polls for devices with an active eSIM
 */
public record Sync(
        SyncName name,
        SyncSettings settings,
        Duration jitter,
        Scope scope,
        DeviceName names,
        DistinctNames distinctNames,
        GivenIccid iccids,
        DeviceGroups groups,
        Guards guards,
        BackOff retry,
        BackOff poll,
        BackOff provision,
        BackOff confirm) {

    /** Creates a sync from its settings. */
    public static Sync of(String name, SyncSettings settings) {
        return of(name, settings, Duration.ZERO);
    }

    /** Creates a sync from its settings, with the general jitter if it has none of its own. */
    public static Sync of(String name, SyncSettings settings, Duration jitter) {
        CelonaSettings celona = settings.celona();
        GuardSettings guards = settings.guards();
        BackOffSettings retry = settings.retry();
        return new Sync(
                new SyncName(name),
                settings,
                jitter(settings, jitter),
                new Scope(
                        settings.scope().include(),
                        settings.scope().exclude(),
                        settings.scope().allExcludedIds()),
                new DeviceName(settings.deviceName(), settings.deviceNameMaxLength()),
                new DistinctNames(settings.deviceNameCollision(), settings.deviceNameMaxLength()),
                new GivenIccid(settings.iccidFrom(), celona.iccidPrefixes()),
                new DeviceGroups(
                        settings.deviceGroups().stream()
                                .map(rule -> new GroupRule(rule.when(), rule.group()))
                                .toList(),
                        settings.defaultGroup()),
                new Guards(guards.maxNew(), guards.maxNewPercent(), guards.minInventory(), guards.maxFallPercent()),
                new BackOff(retry.first(), retry.max()),
                new BackOff(celona.poll().first(), celona.poll().max()),
                new BackOff(celona.provision().first(), celona.provision().max()),
                new BackOff(settings.confirm().first(), settings.confirm().max()));
    }

    static Duration jitter(SyncSettings settings, Duration ofAll) {
        Duration own = settings.jitter();
        return own == null ? ofAll : own;
    }

    /**
     * The SIM lock of a device's eSIM: that of the rule that gives the device its group, or else the sync's.
     *
     * @return null if none is sent
     * @throws InvalidValue {@link ReasonCode#SIMLOCK_INVALID} if the lock needs an IMEI and the inventory shows none, or
     *     {@link ReasonCode#OTHER} if it shows something else
     */
    public @Nullable SimLock simLock(MdmDevice device) {
        SimLockSettings lock = groups.choose(device)
                .filter(choice -> choice.rule() != DeviceGroups.NO_RULE)
                .map(choice -> settings.deviceGroups().get(choice.rule()).simLock())
                .orElse(settings.simLock());
        if (lock.status().isEmpty()) {
            return null;
        }
        return SimLock.of(
                lock.status(), lock.policy(), device.imei(), settings.celona().simLockImei());
    }

    /**
     * Whether a refusal about SIM locks concerns the rule of the devices that are locked like this one, because others of
     * the sync are not. If all are alike, it concerns the customer's account.
     */
    public boolean isAboutRule(ReasonCode refusal, boolean locked) {
        return switch (refusal) {
            case LOCK_REQUIRED -> !locked && anyRuleLocks(true);
            case SIMLOCK_UNSUPPORTED -> locked && anyRuleLocks(false);
            default -> false;
        };
    }

    private boolean anyRuleLocks(boolean locked) {
        Stream<SimLockSettings> ofRules = settings.deviceGroups().stream()
                .map(DeviceGroupSettings::simLock)
                .map(own -> own == null ? settings.simLock() : own);
        return Stream.concat(ofRules, groups.takesUnmatched() ? Stream.of(settings.simLock()) : Stream.empty())
                .anyMatch(lock -> lock.isEnabled() == locked);
    }

    /** By the name alone: routes look up how to call a sync by its hash code, often, and its settings are large. */
    @Override
    public int hashCode() {
        return name.hashCode();
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
