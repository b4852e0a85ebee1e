package io.celonamdm.plan;

import io.celonamdm.esim.ReasonCode;
import java.util.Optional;

/**
 * Holds new devices back when a plan looks as if somebody had broken a filter or a group in the MDM, and tells a pull that is
 * not to be believed at once.
 *
 * @param maxNew the most new devices that one plan may admit
 * @param maxNewPercent the same, in percent of the devices known before the plan
 * @param minInventory the fewest devices that a pull must bring
 * @param maxFallPercent by how many percent a pull must be smaller than the one before not to be believed; 100 believes any
 */
public record Guards(int maxNew, int maxNewPercent, int minInventory, int maxFallPercent) {
    private static final int ALL = 100;

    /**
     * Whether the new devices of a plan are to be held back. The percentage is not looked at in a sync's first plan:
     * all devices are new then.
     *
     * @param inventory how many devices the pull brought
     * @param knownBefore how many devices the sync had admitted before this plan
     * @param newDevices how many devices the plan would admit
     * @return the guard that holds them back, or nothing if they may go on
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
     * Why a pull is not to be believed at once.
     *
     * @param inventory how many devices the pull brought
     * @param usual how many the one before brought
     */
    public Optional<ReasonCode> doubts(int inventory, int usual) {
        if (inventory < minInventory) {
            return Optional.of(ReasonCode.MIN_INVENTORY);
        }
        return fell(inventory, usual) ? Optional.of(ReasonCode.MAX_FALL_PERCENT) : Optional.empty();
    }

    /** Whether a number of devices has fallen too sharply. */
    public boolean fell(int now, int usual) {
        return maxFallPercent < ALL && now < usual && (usual - now) * 100L >= (long) maxFallPercent * usual;
    }
}
