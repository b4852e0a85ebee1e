package io.celonamdm.ledger.device;

import io.celonamdm.celona.OpCode;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.esim.SyncName;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One EID of one sync, with what the ledger knows of it.
 *
 * @param id the ledger's id
 * @param sync the sync's name
 * @param eid the eSIM chip
 * @param attempts how often its step was tried
 * @param name the name last sent to Celona
 * @param group the device group last sent to Celona; empty is Celona's default group
 * @param iccid the eSIM that Celona assigned
 * @param givenIccid the eSIM that it must get
 * @param requestId Celona's id of the assignment
 * @param smdp where it downloads its eSIM
 * @param pushReference the MDM's id of the command sent last
 * @param opCode what the next activation does, where it differs from the setting
 * @param part the part of a refused batch that it is sent in; null if there is none
 * @param pushedAt when the first command was sent
 * @param deadlineAt until when its step is tried
 * @param signs what is known of its eSIM
 * @param runId the run that admitted it, or worked on it last
 * @param mdm its inventory record of the latest complete pull
 */
public record Device(
        long id,
        SyncName sync,
        Eid eid,
        int attempts,
        @Nullable String name,
        @Nullable String group,
        @Nullable Iccid iccid,
        @Nullable Iccid givenIccid,
        @Nullable String requestId,
        @Nullable SmdpAddress smdp,
        @Nullable String pushReference,
        @Nullable OpCode opCode,
        @Nullable BatchPart part,
        @Nullable Instant pushedAt,
        @Nullable Instant deadlineAt,
        Signs signs,
        @Nullable Long runId,
        MdmDevice mdm) {

    /**
     * What is known of a device's eSIM.
     *
     * @param activatedAt when it became active, as far as Celona's answers say
     * @param grouped whether it has joined its group
     * @param acknowledged whether the device has acknowledged the latest command to fetch it
     * @param acknowledgedAt when this was heard; null if long ago
     * @param seen whether the inventory has shown it on the device, or a person has said that it is there
     * @param confirmed whether a person has said so
     * @param refusedAt when Celona first said that it is not "Provisioned", before it ever was activated
     * @param warning what was unusual about its activation
     */
    public record Signs(
            @Nullable Instant activatedAt,
            boolean grouped,
            boolean acknowledged,
            @Nullable Instant acknowledgedAt,
            boolean seen,
            boolean confirmed,
            @Nullable Instant refusedAt,
            @Nullable ReasonCode warning) {}

    /** The ledger's ids of devices. */
    public static List<Long> ids(Collection<Device> devices) {
        return devices.stream().map(Device::id).toList();
    }

    /**
     * Whether its eSIM is active, with nothing left to do at Celona.
     *
     * @param op what the sync's activations do
     */
    public boolean isActive(OpCode op) {
        return signs.activatedAt() != null && opCode == null && (signs.grouped() || !op.groups());
    }

    /** Whether its inventory record was erased, which leaves nothing but the EID of it. */
    boolean isErased() {
        return mdm.equals(MdmDevice.builder("").eid(eid.value()).build());
    }

    /** The same device with another eSIM to get; null leaves the choice to Celona. */
    public Device withGiven(@Nullable Iccid other) {
        return new Device(
                id,
                sync,
                eid,
                attempts,
                name,
                group,
                iccid,
                other,
                requestId,
                smdp,
                pushReference,
                opCode,
                part,
                pushedAt,
                deadlineAt,
                signs,
                runId,
                mdm);
    }
}
