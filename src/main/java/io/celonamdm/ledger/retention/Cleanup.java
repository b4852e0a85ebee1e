package io.celonamdm.ledger.retention;

import io.celonamdm.ledger.retention.Retention.Piece;
import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.RetentionSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Deletes what has outlived its time, some seconds a minute, so that it delays nothing else. What is left, because the time
 * is up or the process ends, is for the next minute, on any replica.
 */
@Component
class Cleanup {
    private static final Logger LOG = LoggerFactory.getLogger(Cleanup.class);

    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Retention retention;
    private final RetentionSettings settings;
    private final Set<String> syncs;
    private final Clock clock;
    private volatile boolean closed;

    Cleanup(Retention retention, ConnectorSettings settings, Clock clock) {
        this.retention = retention;
        this.settings = settings.retention();
        this.syncs = settings.syncs().keySet();
        this.clock = clock;
    }

    @EventListener(ContextClosedEvent.class)
    void close() {
        closed = true;
    }

    @Scheduled(fixedDelay = 60, initialDelay = 20, timeUnit = TimeUnit.SECONDS)
    void cleanUp() {
        cleanUp(LONGEST);
    }

    /** Deletes piece by piece until nothing is left, or until the time is up. */
    void cleanUp(Duration longest) {
        long begin = System.nanoTime();
        try {
            // devices first: what is personal goes even if the time is never enough for the rest
            boolean complete = all(retention::gone, settings.devices(), begin, longest)
                    && all(
                            (before, after) -> retention.orphaned(before, after, syncs),
                            settings.devices(),
                            begin,
                            longest)
                    && all(retention::calls, settings.journal(), begin, longest)
                    && all(retention::deadLetters, settings.journal(), begin, longest)
                    && all(retention::runs, settings.runs(), begin, longest)
                    && all(retention::audit, settings.audit(), begin, longest)
                    && all(retention::notices, settings.notices(), begin, longest);
            LOG.debug("what has outlived its time is deleted{}", complete ? "" : " in part");
        } catch (DataAccessException | TransactionException e) {
            // the ledger is busy or unreachable, which is reported elsewhere; the next minute goes on
            LOG.debug("what has outlived its time was not deleted", e);
        }
    }

    private boolean all(Piece piece, Duration kept, long begin, Duration longest) {
        Optional<Long> last = Optional.of(0L);
        while (last.isPresent()) {
            if (closed || System.nanoTime() - begin >= longest.toNanos()) {
                return false;
            }
            last = piece.delete(clock.instant().minus(kept), last.get());
        }
        return true;
    }
}
