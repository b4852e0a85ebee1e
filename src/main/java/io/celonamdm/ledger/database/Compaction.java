package io.celonamdm.ledger.database;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Keeps the file of an H2 ledger small. Each commit writes a chunk, and its space is reusable only once nothing in it
 * is alive. H2 merges old chunks on a thread that it does not start with {@code WRITE_DELAY=0} ({@code
 * FileStore.setAutoCommitDelay}): the file would grow to ten times its content and more. This class calls H2's own
 * method instead. PostgreSQL needs none of this, it has autovacuum.
 */
@Component
class Compaction {
    private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

    /** The minimum live share of chunks that hold live data. A higher one would rewrite too much. */
    private static final int ALIVE_PERCENT = 50;

    private static final int ANY = 100;

    /** Bytes to merge at once, from the emptiest chunks. Commits wait for it. */
    private static final int STEP = 4 * 1024 * 1024;

    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final JdbcTemplate jdbc;
    private final boolean needed;

    Compaction(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.needed = Boolean.TRUE.equals(jdbc.execute(H2::isAt));
    }

    @Scheduled(fixedDelay = 5, initialDelay = 5, timeUnit = TimeUnit.SECONDS)
    void compact() {
        if (!needed) {
            return;
        }
        try {
            MVStore store = jdbc.execute(H2::store).orElse(null);
            long begin = System.nanoTime();
            while (store != null
                    && System.nanoTime() - begin < LONGEST.toNanos()
                    && alive() < ALIVE_PERCENT
                    && store.compact(ANY, STEP)) {
                store.commit();
            }
        } catch (DataAccessException | MVStoreException e) {
            // the ledger is unreachable or closed, which is reported elsewhere
            LOG.debug("the ledger's file was not compacted", e);
        }
    }

    /** The live share in percent. Dead chunks do not count: they stay for a while in any case. */
    private int alive() {
        return jdbc
                .queryForList(
                        "select setting_value from information_schema.settings"
                                + " where setting_name = 'info.CHUNKS_FILL_RATE_RW'",
                        Integer.class)
                .stream()
                .findFirst()
                .orElse(ANY);
    }
}
