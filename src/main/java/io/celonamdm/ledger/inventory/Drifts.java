package io.celonamdm.ledger.inventory;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Rows;
import io.celonamdm.ledger.database.SqlArrays;
import io.celonamdm.ledger.database.Text;
import io.celonamdm.ledger.database.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Devices of a sync whose MDM record has drifted from what was sent. Drift is reported, and goes away with its cause.
 */
@Repository
@Transactional
public class Drifts {
    private static final String GONE = """
            select d.eid, 'neither of the two latest complete pulls shows the device' as detail
            from inventory i join device d on d.sync = i.sync and d.eid = i.eid
            where i.sync = :sync and i.present = false and d.place = 'DONE'
            """;
    private static final String CLAIMED = """
            select o.eid, min('sync ' || o.sync || ' shows the device too') as detail
            from device o join device d on d.customer_id = o.customer_id and d.owned_eid = o.eid and d.sync = :sync
            where o.customer_id = :customer and o.owned_eid is null and o.sync <> :sync and o.sync in (:syncs)
                and o.place = 'HELD' and o.code = 'OWNED_BY_OTHER_SYNC' and exists (
                select 1 from inventory i where i.sync = o.sync and i.eid = o.eid and i.present)
            group by o.eid
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    Drifts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private record Key(Eid eid, String code) {}

    /** Finds done devices that the inventory no longer shows. */
    public void gone(SyncName sync, long run) {
        exactly(ReasonCode.GONE_FROM_MDM, GONE, Map.of("sync", sync.value(), "run", run));
    }

    /**
     * Finds devices that another sync of the customer shows too.
     *
     * @param syncs the configured syncs; any other claims nothing
     */
    public void claimed(SyncName sync, String customerId, Collection<SyncName> syncs, long run) {
        exactly(
                ReasonCode.CLAIMED_BY_TWO_SYNCS,
                CLAIMED,
                Map.of(
                        "sync",
                        sync.value(),
                        "run",
                        run,
                        "customer",
                        customerId,
                        "syncs",
                        syncs.stream().map(SyncName::value).toList()));
    }

    /** Replaces all drift of this code with what the query finds. */
    private void exactly(ReasonCode code, String query, Map<String, ?> params) {
        jdbc.sql("delete from drift where sync = :sync and code = :code and eid not in (select f.eid from (" + query
                        + ") f)")
                .params(params)
                .param("code", code.name())
                .update();
        jdbc.sql("insert into drift (sync, eid, code, detail, first_run, since)"
                        + " select :sync, f.eid, :code, f.detail, :run, :now from (" + query + ") f where not exists"
                        + " (select 1 from drift x where x.sync = :sync and x.eid = f.eid and x.code = :code)")
                .params(params)
                .param("code", code.name())
                .param("now", Times.of(clock.instant()))
                .update();
    }

    /** Deletes the drift of devices that are no longer done here. What they are sent next is checked again. */
    void forgetUndone(SyncName sync) {
        jdbc.sql("""
                        delete from drift where sync = :sync and code in ('RE_ENROLLED', 'RENAMED', 'GROUP_CHANGED', 'ICCID_MISMATCH')
                            and not exists (select 1 from device d
                                where d.sync = drift.sync and d.eid = drift.eid and d.place = 'DONE')
                        """).param("sync", sync.value()).update();
    }

    /** Replaces the drift of these devices that was found by comparing their records. */
    void replace(SyncName sync, long run, Map<Eid, Map<ReasonCode, String>> found) {
        Map<Key, String> known = new HashMap<>();
        jdbc.sql("select x.eid, x.code, x.detail from " + SqlArrays.EIDS
                        + " join drift x on x.sync = :sync and x.eid = wanted.eid"
                        + " where x.code not in ('GONE_FROM_MDM', 'CLAIMED_BY_TWO_SYNCS')")
                .param("sync", sync.value())
                .param("eids", SqlArrays.eids(found.keySet()))
                .query(row -> {
                    known.put(new Key(Rows.eid(row), row.getString("code")), row.getString("detail"));
                });
        found.forEach((eid, drift) -> drift.forEach((code, text) -> {
            String detail = Text.cut(text, Text.REASON);
            String before = known.remove(new Key(eid, code.name()));
            if (before == null) {
                write("""
                        insert into drift (sync, eid, code, detail, first_run, since)
                        values (:sync, :eid, :code, :detail, :run, :now)
                        """, sync, eid, code.name(), detail, run);
            } else if (!before.equals(detail)) {
                write(
                        "update drift set detail = :detail where sync = :sync and eid = :eid and code = :code",
                        sync,
                        eid,
                        code.name(),
                        detail,
                        run);
            }
        }));
        known.keySet()
                .forEach(key -> write(
                        "delete from drift where sync = :sync and eid = :eid and code = :code",
                        sync,
                        key.eid(),
                        key.code(),
                        "",
                        run));
    }

    private void write(String sql, SyncName sync, Eid eid, String code, String detail, long run) {
        jdbc.sql(sql)
                .param("sync", sync.value())
                .param("eid", eid.value())
                .param("code", code)
                .param("detail", detail)
                .param("run", run)
                .param("now", Times.of(clock.instant()))
                .update();
    }

    /** The drift of a sync, the latest first, at most {@code limit}. */
    @Transactional(readOnly = true)
    public List<Drift> list(SyncName sync, @Nullable ReasonCode code, int limit) {
        return jdbc.sql("""
                        select * from drift where sync = :sync and (cast(:code as varchar) is null or code = :code)
                        order by since desc, eid, code fetch first :limit rows only
                        """)
                .param("sync", sync.value())
                .param("code", Text.name(code))
                .param("limit", limit)
                .query(Drifts::map)
                .list();
    }

    public static Drift map(ResultSet row, int number) throws SQLException {
        return new Drift(
                Rows.sync(row),
                Rows.eid(row),
                Rows.code(row.getString("code")),
                Rows.text(row.getString("code"), row.getString("detail")),
                row.getLong("first_run"),
                Times.required(row, "since"));
    }
}
