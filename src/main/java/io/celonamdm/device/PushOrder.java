package io.celonamdm.device;

import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.esim.SyncName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order to a platform's push route: make devices download their eSIM from one address.
 *
 * @param sync the sync's name, for markers in the MDM
 * @param address the download address
 * @param targets the devices; at most as many as the platform accepts in one call
 */
public record PushOrder(SyncName sync, SmdpAddress address, List<Target> targets) {
    /** Copies the targets. */
    public PushOrder {
        targets = List.copyOf(targets);
    }

    /** The only target, for a platform that accepts one device per call. */
    public Target target() {
        if (targets.size() != 1) {
            throw new IllegalStateException("this platform takes one device a call, not " + targets.size());
        }
        return targets.get(0);
    }

    /** Whether to poll the status of commands sent before; otherwise a command is sent to each device. */
    public boolean isQuestion() {
        return targets.stream().anyMatch(target -> target.reference() != null);
    }

    /**
     * A device of the order.
     *
     * @param eid its EID, 32 digits
     * @param device its inventory record
     * @param reference the MDM's id of a command sent before, whose status to poll; null to send one. Either all
     *     targets of an order have one, or none
     * @param unansweredSince the time of the first call for the device with an unknown outcome. The MDM may have a
     *     command from that time, in any state, so the route searches for it before it sends one. Null if every call
     *     was answered
     */
    public record Target(
            String eid,
            MdmDevice device,
            @Nullable String reference,
            @Nullable Instant unansweredSince) {

        /** Whether an earlier call for the device has an unknown outcome. */
        public boolean unanswered() {
            return unansweredSince != null;
        }

        /**
         * The id for commands.
         *
         * @throws IllegalStateException if the device has none; such a device is never pushed to
         */
        public String managementId() {
            String id = device.managementId();
            if (id == null) {
                throw new IllegalStateException("the device has no management id");
            }
            return id;
        }
    }
}
