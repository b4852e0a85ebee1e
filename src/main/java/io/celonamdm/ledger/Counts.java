package io.celonamdm.ledger;

import java.util.List;
import java.util.Map;

/**
 * How all syncs stood at one moment.
 *
 * @param bySync each sync that the ledger knows, by its name
 */
public record Counts(Map<String, SyncCounts> bySync) {
    private static final SyncCounts NOTHING =
            new SyncCounts(null, List.of(), List.of(), 0, List.of(), List.of(), List.of());

    /** How a sync stood; one that the ledger does not know had nothing. */
    public SyncCounts of(String sync) {
        return bySync.getOrDefault(sync, NOTHING);
    }
}
