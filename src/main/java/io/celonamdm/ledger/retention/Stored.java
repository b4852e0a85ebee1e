package io.celonamdm.ledger.retention;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Place;
import io.celonamdm.esim.SyncName;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger has of a device, and what an erasure would leave.
 *
 * @param sync its sync
 * @param eid its EID
 * @param name its name, as the MDM shows it or as it was sent
 * @param user its user
 * @param serialNumber its serial number
 * @param place its place; null if it was never planned
 * @param obstacle why its data cannot be erased now; null if it can
 * @param remains what an erasure leaves
 */
public record Stored(
        SyncName sync,
        Eid eid,
        @Nullable String name,
        @Nullable String user,
        @Nullable String serialNumber,
        @Nullable Place place,
        @Nullable String obstacle,
        Remains remains) {

    /** Names a device of a sync. */
    public record Key(SyncName sync, Eid eid) {}

    /** What an erasure leaves of a device. */
    public enum Remains {
        /** Nothing: no eSIM was ever asked for, or a person has confirmed that it no longer exists. */
        NOTHING,
        /** EID, eSIM, place and times, so that the device gets no second eSIM if it returns. */
        RECORD
    }

    Key key() {
        return new Key(sync, eid);
    }
}
