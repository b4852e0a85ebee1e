package io.celonamdm.ledger;

import java.util.Map;

/**
 * All syncs at one moment.
 *
 * @param syncs each sync that the ledger knows, by its name
 */
public record LedgerSnapshot(Map<String, SyncSnapshot> syncs) {
    /** One sync; it is empty if the ledger does not know it. */
    public SyncSnapshot of(String sync) {
        return syncs.getOrDefault(sync, SyncSnapshot.EMPTY);
    }
}
