package io.celonamdm.operations;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.ReasonCode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call with an unknown outcome.
 *
 * @param entry the journal entry to decide it by
 * @param sentAt when it was about to be sent
 * @param devices the devices that were in it and are still in doubt
 */
public record DoubtView(long entry, Instant sentAt, List<Doubtful> devices) {

    /**
     * A device in doubt.
     *
     * @param eid the eSIM chip
     * @param name the name that was sent
     * @param code why it is in doubt
     * @param reason the same in words
     * @param iccidsShown the ICCIDs that the inventory shows on the EID, of any carrier
     * @param probedAt when the phone was told to fetch an eSIM; null if it was not
     * @param inventoriesSince how many complete inventories have shown the device since
     * @param reportedAt when the device last reported its inventory to the MDM
     */
    public record Doubtful(
            Eid eid,
            @Nullable String name,
            ReasonCode code,
            String reason,
            List<String> iccidsShown,
            @Nullable Instant probedAt,
            int inventoriesSince,
            @Nullable Instant reportedAt) {}
}
