package io.celonamdm.ledger.device;

import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Text;
import io.celonamdm.ledger.database.Times;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes to the MDM beside a device's steps. A follow-up never decides a step, and is retried on its own.
 *
 * <p>A device has at most one follow-up of a kind. Its {@code attempts} count how often it was taken since the last
 * request: 0 on a taken one means that it was requested again since. No delay is computed from them.
 */
@Repository
@Transactional
public class FollowUps {
    private final JdbcClient jdbc;
    private final Clock clock;

    FollowUps(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** What a follow-up writes. */
    public enum Kind {
        /** The address and the eSIM's state, into the device's inventory record. */
        ATTRIBUTE,
        /** The device's membership in the group that scopes the profile. */
        PROFILE
    }

    /**
     * Makes a follow-up due now for each device. One that is being written stays taken, and is due again as soon as
     * that has ended, so that an earlier state never overtakes a later one.
     */
    public void add(SyncName sync, Collection<Long> devices, Kind kind) {
        if (devices.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        merge into follow_up f using (select id from device where id in (:ids)) d
                        on (f.device_id = d.id and f.kind = :kind)
                        when matched then update set due_at = :now, attempts = 0
                        when not matched then insert (device_id, kind, sync, due_at) values (d.id, :kind, :sync, :now)
                        """)
                .param("ids", devices)
                .param("kind", kind.name())
                .param("sync", sync.value())
                .param("now", Times.of(clock.instant()))
                .update();
    }

    /** The devices that were done last, as far as the MDM still shows them. */
    public List<Long> latestDone(SyncName sync, int limit) {
        return jdbc.sql("""
                        select d.id from device d join inventory i on i.sync = d.sync and i.eid = d.eid
                        where d.sync = :sync and d.place = 'DONE' and i.present
                        order by d.done_at desc, d.id desc fetch first :limit rows only
                        """)
                .param("sync", sync.value())
                .param("limit", limit)
                .query(Long.class)
                .list();
    }

    /** Takes devices whose follow-up is due. */
    public List<Device> take(SyncName sync, Kind kind, int limit) {
        List<Long> ids = jdbc.sql("""
                        select device_id from follow_up
                        where sync = :sync and kind = :kind and taken = false and due_at <= :now
                        order by sync, kind, taken, due_at, device_id fetch first :limit rows only
                        """)
                .param("sync", sync.value())
                .param("kind", kind.name())
                .param("now", Times.of(clock.instant()))
                .param("limit", limit)
                .query(Long.class)
                .list();
        if (ids.isEmpty()) {
            return List.of();
        }
        jdbc.sql(
                        "update follow_up set taken = true, attempts = attempts + 1 where kind = :kind and device_id in (:ids)")
                .param("kind", kind.name())
                .param("ids", ids)
                .update();
        return jdbc.sql(DeviceRows.SELECT + " where d.id in (:ids) order by d.id")
                .param("ids", ids)
                .query(new DeviceRows())
                .list();
    }

    /** Drops what waits to be written of the kind. */
    public void drop(SyncName sync, Kind kind) {
        jdbc.sql("delete from follow_up where sync = :sync and kind = :kind and not taken")
                .param("sync", sync.value())
                .param("kind", kind.name())
                .update();
    }

    /** The state of a device, as it is written to the MDM. */
    public String stateOf(long device) {
        return jdbc.sql("select case when place in ('WAITING', 'IN_FLIGHT') then step else place end as state"
                        + " from device where id = :id")
                .param("id", device)
                .query(String.class)
                .single();
    }

    /** Ends written follow-ups. One that was requested again since it was taken is due, and is written again. */
    public void done(Collection<Long> devices, Kind kind) {
        // attempts are 0 only if add() was called since take()
        end(
                "delete from follow_up where kind = :kind and taken and attempts > 0 and device_id in (:ids)",
                devices,
                kind);
        end("update follow_up set taken = false where kind = :kind and taken and device_id in (:ids)", devices, kind);
    }

    private void end(String ending, Collection<Long> devices, Kind kind) {
        jdbc.sql(ending).param("kind", kind.name()).param("ids", devices).update();
    }

    /** Schedules failed follow-ups again. */
    public void later(Collection<Long> devices, Kind kind, Instant due, String reason) {
        jdbc.sql("""
                        update follow_up set taken = false, due_at = :due, reason = :reason
                        where kind = :kind and taken and device_id in (:ids)
                        """)
                .param("due", Times.of(due))
                .param("reason", Text.cut(reason, Text.REASON))
                .param("kind", kind.name())
                .param("ids", devices)
                .update();
    }

    /** Postpones all follow-ups of the kind to the given time at least: the refusal of one would hit the others too. */
    public void postpone(SyncName sync, Kind kind, Instant due) {
        jdbc.sql("""
                        update follow_up set due_at = :due
                        where sync = :sync and kind = :kind and not taken and due_at < :due
                        """)
                .param("due", Times.of(due))
                .param("sync", sync.value())
                .param("kind", kind.name())
                .update();
    }
}
