package io.celonamdm.device;

import io.celonamdm.esim.SyncName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order to a platform's follow-up routes: what to write into the MDM beside a device's steps.
 *
 * @param sync the sync's name, for markers in the MDM
 * @param targets the devices; one for an attribute, several for a profile
 */
public record FollowUpOrder(SyncName sync, List<Target> targets) {
    /** Copies the targets. */
    public FollowUpOrder {
        targets = List.copyOf(targets);
    }

    /**
     * A device of the order.
     *
     * @param eid its EID
     * @param device its inventory record
     * @param address the https address of its eSIM download; null until Celona names it
     * @param state the device's state: a step, or HELD, DEAD, DONE, IN_DOUBT
     */
    public record Target(
            String eid, MdmDevice device, @Nullable String address, String state) {
        /** The MDM's id of its record. */
        public String mdmId() {
            return device.id();
        }
    }
}
