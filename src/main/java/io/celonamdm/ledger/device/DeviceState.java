package io.celonamdm.ledger.device;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
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
 * @param shownPlace its place
 * @param shownStep its step; its place if it has none
 * @param code why it is there, if there is a reason
 * @param reason the same in words; what to do if its row in the ledger contradicts itself
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
 * @param contradictsItself whether its row in the ledger contradicts itself, so that nothing can be done for it
 */
public record DeviceState(
        long id,
        SyncName sync,
        Eid eid,
        @JsonProperty("place") String shownPlace,
        @JsonProperty("step") String shownStep,
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
        @Nullable Instant verifiedAt,
        @JsonIgnore boolean contradictsItself) {

    /**
     * Its place and step.
     *
     * @throws IllegalStateException if it {@link #contradictsItself contradicts itself}
     */
    public Position position() {
        return Position.read(shownPlace, shownStep).orElseThrow(() -> new IllegalStateException(reason));
    }

    /** Its place, see {@link #position}. */
    public Place place() {
        return position().place();
    }
}
