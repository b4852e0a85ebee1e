package io.celonamdm.ledger.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Keeps the file of an H2 ledger small. Each commit writes a chunk of its own, whose place can be used again once nothing
 * in it is alive; what is left of old chunks H2 gathers on a thread that it does not have with {@code WRITE_DELAY=0}
 * ({@code FileStore.setAutoCommitDelay}), so that the file would grow to ten times its content and more. The same is done
 * here, by the method that H2 has for it. On PostgreSQL there is nothing to do, it has its autovacuum.
 */
@Component
class Compaction {
    private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

    /** How much of the chunks in which something is alive must be so; with more, too much would be written anew. */
    private static final int ALIVE_PERCENT = 50;

    private static final int ANY = 100;

    /** How many bytes are gathered at once, from the emptiest chunks; commits wait meanwhile. */
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
            MVStore store = jdbc.execute(Compaction::store).orElse(null);
            long begin = System.nanoTime();
            while (store != null
                    && System.nanoTime() - begin < LONGEST.toNanos()
                    && alive() < ALIVE_PERCENT
                    && store.compact(ANY, STEP)) {
                store.commit();
            }
        } catch (DataAccessException | MVStoreException e) {
            // the ledger is out of reach or closed, which others tell
            LOG.debug("the ledger's file was not compacted", e);
        }
    }

    /** In percent. Dead chunks do not count: they stay as they are for a while, whatever is done. */
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

    private static Optional<MVStore> store(Connection connection) throws SQLException {
        return connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session
                ? Optional.of(session.getDatabase().getStore().getMvStore())
                : Optional.empty();
    }
}
