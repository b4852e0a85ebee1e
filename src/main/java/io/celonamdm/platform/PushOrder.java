package io.celonamdm.platform;

import io.celonamdm.esim.SmdpAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a platform's push route is asked to do: make devices download their eSIM from one address.
 *
 * @param sync the sync's name, for markers in the MDM
 * @param address where the devices download
 * @param targets the devices; never more than the platform takes in one call
 */
public record PushOrder(String sync, SmdpAddress address, List<Target> targets) {
    /** Copies the targets. */
    public PushOrder {
        targets = List.copyOf(targets);
    }

    /** The only target of a platform that takes one device a call. */
    public Target target() {
        if (targets.size() != 1) {
            throw new IllegalStateException("this platform takes one device a call, not " + targets.size());
        }
        return targets.get(0);
    }

    /**
     * A device of the order.
     *
     * @param eid its EID
     * @param mdmId the MDM's id of its record
     * @param managementId the id to which commands are sent
     * @param reference the MDM's id of a command sent before, whose fate is asked for; null to send one
     */
    public record Target(
            String eid,
            String mdmId,
            String managementId,
            @Nullable String reference) {}
}
