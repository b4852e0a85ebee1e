package io.celonamdm.ledger.database;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.SyncName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The audit of changes to syncs and devices outside their normal steps: who made them, and why. Each entry is written
 * in the transaction of its change, so neither exists without the other, and is never altered.
 */
@Repository
@Transactional
public class Audit {
    /** Stands for the actor of the current request. */
    public static final String OPERATOR = "operator";

    /** The actor of changes that the connector makes by a rule. */
    public static final String CONNECTOR = "connector";

    private final JdbcClient jdbc;
    private final Actor whoAsks;
    private final Clock clock;

    Audit(JdbcClient jdbc, Actor whoAsks, Clock clock) {
        this.jdbc = jdbc;
        this.whoAsks = whoAsks;
        this.clock = clock;
    }

    /**
     * One change.
     *
     * @param at when it was made
     * @param actor who made it
     * @param sync the sync's name
     * @param eid the device; null for a change of the whole sync
     * @param action what was asked for, in the word of the endpoint
     * @param reason why, in the words of the actor; may be empty
     * @param detail what changed, such as the ICCID that was freed; may be empty
     */
    public record Entry(
            Instant at,
            String actor,
            SyncName sync,
            @Nullable Eid eid,
            String action,
            String reason,
            String detail) {}

    /**
     * Records a change.
     *
     * @param actor who makes it; {@link #OPERATOR} or {@link #CONNECTOR}
     * @param sync the sync's name
     * @param eid the device; null for a change of the whole sync
     * @param action what is asked for, in the word of the endpoint
     * @param reason why, in the words of the actor; may be empty
     * @param detail what changes; may be empty
     */
    public void note(String actor, SyncName sync, @Nullable Eid eid, String action, String reason, String detail) {
        jdbc.sql("""
                        insert into audit (at, actor, sync, eid, action, reason, detail)
                        values (:now, :actor, :sync, :eid, :action, :reason, :detail)
                        """)
                .param("now", Times.of(clock.instant()))
                .param("actor", Text.cut(actor.equals(OPERATOR) ? whoAsks.name() : actor, 100))
                .param("sync", sync.value())
                .param("eid", eid == null ? null : eid.value())
                .param("action", Text.cut(action, 40))
                .param("reason", Text.cut(reason, Text.REASON))
                .param("detail", Text.cut(detail, Text.REASON))
                .update();
    }

    /** The changes of a sync and its devices, the latest first, at most {@code limit}. */
    @Transactional(readOnly = true)
    public List<Entry> list(SyncName sync, int limit) {
        return jdbc.sql("select * from audit where sync = :sync order by id desc fetch first :limit rows only")
                .param("sync", sync.value())
                .param("limit", limit)
                .query(Audit::map)
                .list();
    }

    /** The changes of all syncs and their devices, the latest first, at most {@code limit}. */
    @Transactional(readOnly = true)
    public List<Entry> latest(int limit) {
        return jdbc.sql("select * from audit order by id desc fetch first :limit rows only")
                .param("limit", limit)
                .query(Audit::map)
                .list();
    }

    /** The changes of an EID in all syncs, the earliest first. */
    @Transactional(readOnly = true)
    public List<Entry> of(Eid eid) {
        return jdbc.sql("select * from audit where eid = :eid order by id")
                .param("eid", eid.value())
                .query(Audit::map)
                .list();
    }

    private static Entry map(ResultSet row, int number) throws SQLException {
        return new Entry(
                Times.required(row, "at"),
                row.getString("actor"),
                Rows.sync(row),
                Rows.optional(row, "eid", Eid::new),
                row.getString("action"),
                row.getString("reason"),
                row.getString("detail"));
    }
}
