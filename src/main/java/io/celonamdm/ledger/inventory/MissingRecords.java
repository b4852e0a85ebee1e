package io.celonamdm.ledger.inventory;

import io.celonamdm.ledger.database.Chunks;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Inventory records that the latest complete pull has not shown: they stay until more speaks for it. */
@Repository
@Transactional
public class MissingRecords {
    private final JdbcClient jdbc;

    MissingRecords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What it means for a record that a complete pull does not show it. */
    public enum Means {
        /** It is gone. */
        GONE,
        /** It is gone if the pull before has not shown it either. */
        GONE_IF_MISSED_TWICE,
        /** Nothing, until a person says so. */
        NOTHING
    }

    /** Has the records gone that a complete pull does not show, or keeps them in mind. */
    void gone(Pull pull, Means missing) {
        String sync = pull.run().sync();
        List<Long> now = pull.known().gone();
        Set<Long> before = missing == Means.GONE_IF_MISSED_TWICE ? counted(sync) : Set.of();
        if (now.isEmpty() && before.isEmpty() && missing == Means.GONE_IF_MISSED_TWICE && count(sync) == 0) {
            return;
        }
        jdbc.sql("delete from missed where sync = :sync").param("sync", sync).update();
        // one of them may be the record that the pull has shown and nobody can read
        Predicate<Long> gone = id -> missing == Means.GONE || (before.contains(id) && !pull.hasNameless());
        each(now.stream().filter(gone).toList(), "update inventory set present = false where id in (:ids)");
        each(
                now.stream().filter(gone.negate()).toList(),
                "insert into missed (inventory_id, sync, counts) select id, sync, %s from inventory where id in (:ids)"
                        .formatted(missing == Means.NOTHING ? "false" : "true"));
    }

    /** Whether most of what a complete pull does not show was not shown by the one before either. */
    @Transactional(readOnly = true)
    public boolean confirms(Pull pull) {
        List<Long> now = pull.known().gone();
        Set<Long> before = counted(pull.run().sync());
        return 2 * now.stream().filter(before::contains).count() > now.size();
    }

    private Set<Long> counted(String sync) {
        return new HashSet<>(jdbc.sql("select inventory_id from missed where sync = :sync and counts")
                .param("sync", sync)
                .query(Long.class)
                .list());
    }

    private void each(List<Long> ids, String sql) {
        Chunks.of(ids).forEach(chunk -> jdbc.sql(sql).param("ids", chunk).update());
    }

    /** How many records of a sync are kept in mind. */
    @Transactional(readOnly = true)
    public int count(String sync) {
        return jdbc.sql("select count(*) from missed where sync = :sync")
                .param("sync", sync)
                .query(Integer.class)
                .single();
    }

    /** A person has said that what was missed is gone. */
    public void believe(String sync) {
        List<Long> missed = ids(sync);
        each(missed, "update inventory set present = false where id in (:ids)");
        each(missed, "delete from missed where inventory_id in (:ids)");
    }

    private List<Long> ids(String sync) {
        return jdbc.sql("select inventory_id from missed where sync = :sync")
                .param("sync", sync)
                .query(Long.class)
                .list();
    }
}
