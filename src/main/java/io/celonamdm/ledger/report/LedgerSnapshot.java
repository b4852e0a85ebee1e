package io.celonamdm.ledger.report;

import io.celonamdm.esim.SyncName;
import java.util.Map;

/**
 * All syncs at one moment.
 *
 * @param syncs each sync that the ledger knows, by its name
 */
public record LedgerSnapshot(Map<SyncName, SyncSnapshot> syncs) {
    /** The snapshot of one sync; empty if the ledger does not know it. */
    public SyncSnapshot of(SyncName sync) {
        return syncs.getOrDefault(sync, SyncSnapshot.EMPTY);
    }
}
