package io.celonamdm.operations.metrics;

import io.celonamdm.ledger.LedgerSnapshot;
import io.celonamdm.ledger.SyncSnapshots;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedRuntimeException;
import org.springframework.stereotype.Component;

/** Takes a snapshot of the ledger now and then, so that readers cost no query. */
@Component
class LedgerWatch {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerWatch.class);

    private final SyncSnapshots snapshots;
    private volatile @Nullable LedgerSnapshot latest;
    private boolean troubled;

    LedgerWatch(SyncSnapshots snapshots) {
        this.snapshots = snapshots;
    }

    /** Takes a snapshot; empty while the ledger is unreadable. */
    synchronized Optional<LedgerSnapshot> look() {
        try {
            latest = snapshots.all();
            troubled = false;
        } catch (NestedRuntimeException e) {
            latest = null;
            if (!troubled) {
                LOG.warn(
                        "the ledger cannot be read for the metrics: {}",
                        e.getMostSpecificCause().getMessage());
            }
            troubled = true;
        }
        return latest();
    }

    /** The latest snapshot. */
    Optional<LedgerSnapshot> latest() {
        return Optional.ofNullable(latest);
    }
}
