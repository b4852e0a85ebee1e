package io.celonamdm.plan;

import io.celonamdm.esim.ReasonCode;
import java.util.Optional;

/**
 * Holds new devices back when a plan looks as if somebody had broken a filter or a group in the MDM.
 *
 * @param maxNew the most new devices that one plan may admit
 * @param maxNewPercent the same, in percent of the devices known before the plan
 * @param minInventory the fewest devices that a pull must bring
 */
public record Guards(int maxNew, int maxNewPercent, int minInventory) {

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
}
