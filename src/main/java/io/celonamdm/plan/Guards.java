package io.celonamdm.plan;

import io.celonamdm.esim.ReasonCode;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds new devices back when a plan suggests a broken filter or group in the MDM, and detects implausible pulls.
 *
 * @param maxNew the most new devices that one plan may admit
 * @param maxNewPercent the same, in percent of the devices known before the plan
 * @param minInventory the fewest devices of a believable pull
 * @param maxFallPercent the percentage below the previous pull at which a pull is implausible; 100 believes any
 */
public record Guards(int maxNew, int maxNewPercent, int minInventory, int maxFallPercent) {
    /** The codes of devices that guards hold back. */
    public static final Set<ReasonCode> CODES = Collections.unmodifiableSet(EnumSet.of(
            ReasonCode.MAX_NEW, ReasonCode.MAX_NEW_PERCENT, ReasonCode.MIN_INVENTORY, ReasonCode.MAX_FALL_PERCENT));

    private static final int ALL = 100;

    /**
     * Whether to hold back the new devices of a plan. The percentage is ignored in a sync's first plan, where all
     * devices are new.
     *
     * @param inventory how many devices the pull brought
     * @param knownBefore how many devices the sync had admitted before this plan
     * @param newDevices how many devices the plan would admit
     * @return the guard that holds them back; empty if they may continue
     */
    public Optional<ReasonCode> holdsBack(int inventory, int knownBefore, int newDevices) {
        if (inventory < minInventory) {
            return Optional.of(ReasonCode.MIN_INVENTORY);
        }
        if (newDevices > maxNew) {
            return Optional.of(ReasonCode.MAX_NEW);
        }
        if (knownBefore > 0 && newDevices * 100L > (long) maxNewPercent * knownBefore) {
            return Optional.of(ReasonCode.MAX_NEW_PERCENT);
        }
        return Optional.empty();
    }

    /**
     * The reason not to believe a pull at once.
     *
     * @param inventory how many devices the pull brought
     * @param usual the number in the previous pull
     */
    public Optional<ReasonCode> doubts(int inventory, int usual) {
        if (inventory < minInventory) {
            return Optional.of(ReasonCode.MIN_INVENTORY);
        }
        return fell(inventory, usual) ? Optional.of(ReasonCode.MAX_FALL_PERCENT) : Optional.empty();
    }

    /** Whether the guard doubts the pull as a whole, and not only its new devices. */
    public static boolean doubtsPull(@Nullable ReasonCode guard) {
        return guard == ReasonCode.MIN_INVENTORY || guard == ReasonCode.MAX_FALL_PERCENT;
    }

    /** Whether a number of devices has fallen too sharply. */
    public boolean fell(int now, int usual) {
        return maxFallPercent < ALL && now < usual && (usual - now) * 100L >= (long) maxFallPercent * usual;
    }
}
