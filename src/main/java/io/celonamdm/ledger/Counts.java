package io.celonamdm.ledger;

import java.util.Map;

/**
 * How all syncs stood at one moment.
 *
 * @param bySync each sync that the ledger knows, by its name
 */
public record Counts(Map<String, SyncCounts> bySync) {
    /** How a sync stood; one that the ledger does not know had nothing. */
    public SyncCounts of(String sync) {
        return bySync.getOrDefault(sync, SyncCounts.NOTHING);
    }
}
