package io.celonamdm.ledger.retention;

import io.celonamdm.ledger.database.Times;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Deletes rows that metrics count, and adds them to what was deleted before, in their caller's transaction. Only one
 * transaction deletes at a time, on any replica.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class Deletions {
    private final JdbcClient jdbc;

    Deletions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What metrics count. */
    enum Counted {
        RUN("run", "outcome", "closed_at"),
        DEAD_LETTER("dead_letter", "code", "last_at"),
        AUDIT("audit", "action", "at"),
        DONE("device", "''", "done_at");

        private final String table;
        private final String name;
        private final String at;

        Counted(String table, String name, String at) {
            this.table = table;
            this.name = name;
            this.at = at;
        }
    }

    private record Group(
            String sync, String name, long number, @Nullable Instant last) {}

    /** Waits until no other transaction deletes. */
    void begin() {
        jdbc.sql("select number from deletion where kind = 'LOCK' for update")
                .query(Long.class)
                .single();
    }

    /** Deletes rows by their ids, and counts them. */
    void delete(Counted what, Collection<Long> ids) {
        if (ids.isEmpty()) {
            return;
        }
        List<Group> groups = jdbc.sql("select sync, %1$s as name, count(%2$s) as number, max(%2$s) as latest from %3$s"
                                .formatted(what.name, what.at, what.table)
                        + " where id in (:ids) and %2$s is not null group by sync%1$s"
                                .formatted(what == Counted.DONE ? "" : ", " + what.name, what.at))
                .param("ids", ids)
                .query((row, number) -> new Group(
                        row.getString("sync"),
                        row.getString("name"),
                        row.getLong("number"),
                        Times.nullable(row, "latest")))
                .list();
        groups.forEach(group -> add(what, group));
        jdbc.sql("delete from %s where id in (:ids)".formatted(what.table))
                .param("ids", ids)
                .update();
    }

    private void add(Counted what, Group group) {
        for (String sql : List.of(
                "update deletion set number = number + :number, last_at = :last"
                        + " where sync = :sync and kind = :kind and name = :name",
                "insert into deletion (sync, kind, name, number, last_at)"
                        + " values (:sync, :kind, :name, :number, :last)")) {
            int changed = jdbc.sql(sql)
                    .param("sync", group.sync)
                    .param("kind", what.name())
                    .param("name", group.name)
                    .param("number", group.number)
                    .param("last", Times.ofNullable(group.last))
                    .update();
            if (changed == 1) {
                return;
            }
        }
    }
}
