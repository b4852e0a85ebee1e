package io.celonamdm.ledger.device;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.Place;
import io.celonamdm.esim.Position;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of a device, for people.
 *
 * @param id the ledger's id of the device
 * @param sync the sync's name
 * @param eid the eSIM chip
 * @param position its place and step
 * @param code why it is there, if there is a reason
 * @param reason the same in words
 * @param dueAt when its step is tried (again)
 * @param attempts how often its step was tried
 * @param mdmId the MDM's id of the device
 * @param present whether the latest complete pull shows it
 * @param name the name sent to Celona
 * @param group the device group sent to Celona; empty is Celona's default group
 * @param iccid the eSIM that Celona assigned
 * @param requestId Celona's id of the assignment
 * @param smdpHost where it downloads its eSIM
 * @param run the run that admitted it, or worked on it last
 * @param createdAt when a plan first saw it
 * @param assignedAt when Celona assigned its eSIM
 * @param pushedAt when the first command of the latest push was sent
 * @param activatedAt when its eSIM became active
 * @param groupedAt when it joined its group
 * @param doneAt when nothing was left to do
 * @param verifiedAt since when its inventory record has shown its assigned eSIM; null if it does not
 */
public record DeviceState(
        long id,
        SyncName sync,
        Eid eid,
        @JsonUnwrapped Position position,
        @Nullable ReasonCode code,
        @Nullable String reason,
        @Nullable Instant dueAt,
        int attempts,
        @Nullable String mdmId,
        boolean present,
        @Nullable String name,
        @Nullable String group,
        @Nullable Iccid iccid,
        @Nullable String requestId,
        @Nullable String smdpHost,
        @Nullable Long run,
        Instant createdAt,
        @Nullable Instant assignedAt,
        @Nullable Instant pushedAt,
        @Nullable Instant activatedAt,
        @Nullable Instant groupedAt,
        @Nullable Instant doneAt,
        @Nullable Instant verifiedAt) {

    /** Its place. */
    public Place place() {
        return position.place();
    }
}
