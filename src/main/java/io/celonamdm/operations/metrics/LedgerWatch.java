package io.celonamdm.operations.metrics;

import io.celonamdm.ledger.Census;
import io.celonamdm.ledger.Counts;
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

    private final Census census;
    private volatile @Nullable Counts latest;
    private boolean troubled;

    LedgerWatch(Census census) {
        this.census = census;
    }

    /** Takes a snapshot; empty while the ledger is unreadable. */
    synchronized Optional<Counts> look() {
        try {
            latest = census.take();
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
    Optional<Counts> latest() {
        return Optional.ofNullable(latest);
    }
}
