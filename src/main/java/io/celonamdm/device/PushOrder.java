package io.celonamdm.device;

import io.celonamdm.esim.SmdpAddress;
import java.time.Instant;
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

    /** Whether the fate of commands sent before is asked for; otherwise a command is sent to each device. */
    public boolean isQuestion() {
        return targets.stream().anyMatch(target -> target.reference() != null);
    }

    /**
     * A device of the order.
     *
     * @param eid its EID, 32 digits
     * @param device its inventory record
     * @param reference the MDM's id of a command sent before, whose fate is asked for; null to send one. Targets of one
     *     order all have one, or none has
     * @param unansweredSince when the first of the calls for the device was about to be made that were never answered, so
     *     that the MDM may have a command of that time, in whatever state; it is looked for before one is sent. Null if
     *     every call was answered
     */
    public record Target(
            String eid,
            MdmDevice device,
            @Nullable String reference,
            @Nullable Instant unansweredSince) {

        /** Whether an earlier call for the device was never answered. */
        public boolean unanswered() {
            return unansweredSince != null;
        }

        /**
         * The id to which commands are sent.
         *
         * @throws IllegalStateException if the device has none; such a device is not pushed to
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
