package io.celonamdm.ledger.device;

import io.celonamdm.celona.OpCode;
import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.KnownRows;
import io.celonamdm.ledger.database.Rows;
import io.celonamdm.ledger.database.Text;
import io.celonamdm.ledger.database.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The durable side of the dead-letter channel. */
@Repository
@Transactional
public class DeadLetters {
    private final JdbcClient jdbc;
    private final DeviceTransitions transitions;
    private final Clock clock;

    DeadLetters(JdbcClient jdbc, DeviceTransitions transitions, Clock clock) {
        this.jdbc = jdbc;
        this.transitions = transitions;
        this.clock = clock;
    }

    /**
     * Puts devices into the dead-letter channel. One that is there already, or at rest elsewhere, stays as it is.
     *
     * @param redriveWith the op code for a redrive, where it differs from the setting
     * @return the new dead letters
     */
    public List<DeadLetter> add(Collection<Long> all, ReasonCode code, String reason, @Nullable OpCode redriveWith) {
        List<Long> ids = all.isEmpty() ? List.of() : transitions.die(all, code, reason, redriveWith);
        if (ids.isEmpty()) {
            return List.of();
        }
        jdbc.sql("delete from dead_letter where open_device in (:ids)")
                .param("ids", ids)
                .update();
        jdbc.sql("""
                        insert into dead_letter (sync, device_id, open_device, eid, iccid, name, device_group, mdm_id,
                            step, code, reason, attempts, run_id, first_at, last_at, redrives)
                        select d.sync, d.id, d.id, d.eid, coalesce(d.iccid, d.given_iccid), d.name, d.device_group, i.mdm_id,
                            d.step, d.code, d.reason, d.attempts + 1, d.run_id,
                            coalesce((select min(l.first_at) from dead_letter l
                                where l.device_id = d.id and l.step = d.step and l.code = d.code), :now), :now,
                            (select count(*) from dead_letter l
                                where l.device_id = d.id and l.step = d.step and l.code = d.code)
                        from device d join inventory i on i.sync = d.sync and i.eid = d.eid where d.id in (:ids)
                        """).param("now", Times.of(clock.instant())).param("ids", ids).update();
        return jdbc.sql("select * from dead_letter where open_device in (:ids) order by id")
                .param("ids", ids)
                .query(DeadLetters::map)
                .list();
    }

    /** The open dead letters of a sync, the latest first, at most {@code limit}. */
    @Transactional(readOnly = true)
    public List<DeadLetter> list(SyncName sync, @Nullable ReasonCode code, int limit) {
        return jdbc.sql("""
                        select * from dead_letter where sync = :sync and open_device is not null
                            and (cast(:code as varchar) is null or code = :code)
                        order by last_at desc, id desc fetch first :limit rows only
                        """)
                .param("sync", sync.value())
                .param("code", Text.name(code))
                .param("limit", limit)
                .query(KnownRows.of(DeadLetters::map));
    }

    public static DeadLetter map(ResultSet row, int number) throws SQLException {
        return new DeadLetter(
                Rows.sync(row),
                Rows.eid(row),
                Rows.optional(row, "iccid", Iccid::of),
                row.getString("name"),
                row.getString("device_group"),
                row.getString("mdm_id"),
                Rows.step(row),
                Rows.code(row.getString("code")),
                Rows.text(row.getString("code"), row.getString("reason")),
                row.getInt("attempts"),
                Rows.run(row),
                Times.required(row, "first_at"),
                Times.required(row, "last_at"),
                Times.nullable(row, "redrive_at"));
    }
}
