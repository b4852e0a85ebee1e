package io.celonamdm.ledger.inventory;

import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Chunks;
import io.celonamdm.ledger.database.Times;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Inventory records missing from the latest complete pull. They stay until there is more evidence that they are gone.
 */
@Repository
@Transactional
public class MissingRecords {
    private final JdbcClient jdbc;
    private final Clock clock;

    MissingRecords(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** What it means if a complete pull does not show a record. */
    public enum Means {
        /** It is gone. */
        GONE,
        /** It is gone if the previous pull did not show it either. */
        GONE_IF_MISSED_TWICE,
        /** Nothing, until a person confirms that it is gone. */
        NOTHING
    }

    /** Marks records missing from a complete pull as gone, or remembers them as missing. */
    void gone(Pull pull, Means missing) {
        SyncName sync = pull.run().sync();
        List<Long> now = pull.known().gone();
        Set<Long> before = missing == Means.GONE_IF_MISSED_TWICE ? counted(sync) : Set.of();
        if (now.isEmpty() && before.isEmpty() && missing == Means.GONE_IF_MISSED_TWICE && count(sync) == 0) {
            return;
        }
        jdbc.sql("delete from missed where sync = :sync")
                .param("sync", sync.value())
                .update();
        // one of them may be the unreadable record without an id
        Predicate<Long> gone = id -> missing == Means.GONE || (before.contains(id) && !pull.hasNameless());
        gone(now.stream().filter(gone).toList());
        each(
                now.stream().filter(gone.negate()).toList(),
                "insert into missed (inventory_id, sync, counts) select id, sync, %s from inventory where id in (:ids)"
                        .formatted(missing == Means.NOTHING ? "false" : "true"));
    }

    /** Whether the previous pull also missed most of what this complete pull misses, or all of that is gone already. */
    @Transactional(readOnly = true)
    public boolean confirms(Pull pull) {
        List<Long> now = pull.known().gone();
        Set<Long> before = counted(pull.run().sync());
        return now.isEmpty() || 2 * now.stream().filter(before::contains).count() > now.size();
    }

    private Set<Long> counted(SyncName sync) {
        return new HashSet<>(jdbc.sql("select inventory_id from missed where sync = :sync and counts")
                .param("sync", sync.value())
                .query(Long.class)
                .list());
    }

    private void gone(List<Long> ids) {
        Chunks.of(ids)
                .forEach(chunk -> jdbc.sql("update inventory set present = false, gone_at = :now where id in (:ids)")
                        .param("now", Times.of(clock.instant()))
                        .param("ids", chunk)
                        .update());
    }

    private void each(List<Long> ids, String sql) {
        Chunks.of(ids).forEach(chunk -> jdbc.sql(sql).param("ids", chunk).update());
    }

    /** The number of records of a sync remembered as missing. */
    @Transactional(readOnly = true)
    public int count(SyncName sync) {
        return jdbc.sql("select count(*) from missed where sync = :sync")
                .param("sync", sync.value())
                .query(Integer.class)
                .single();
    }

    /** Marks all missing records as gone, because a person said so. */
    public void believe(SyncName sync) {
        List<Long> missed = ids(sync);
        gone(missed);
        each(missed, "delete from missed where inventory_id in (:ids)");
    }

    private List<Long> ids(SyncName sync) {
        return jdbc.sql("select inventory_id from missed where sync = :sync")
                .param("sync", sync.value())
                .query(Long.class)
                .list();
    }
}
