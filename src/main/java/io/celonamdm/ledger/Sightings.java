package io.celonamdm.ledger;

import io.celonamdm.celona.OpCode;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Devices that were on their way to their eSIM, and turn out to have it. */
@Repository
@Transactional
public class Sightings {
    private static final String ON_ITS_WAY =
            "d.place in ('WAITING', 'DEAD') and d.step in ('PUSH', 'ACTIVATE', 'CONFIRM')"
                    + " and d.iccid is not null and d.verified_at is null"
                    // what a device shows that was enrolled anew and not pushed to since may be of before
                    + " and (d.pushed_at is not null or d.step <> 'PUSH')";

    private final JdbcClient jdbc;
    private final Clock clock;

    Sightings(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Devices of a sync that are on their way and that the latest complete pull shows, in parts of which each can be changed
     * before the next is read.
     */
    public Stream<List<Device>> candidates(String sync) {
        return Keyset.pages(0L, after -> candidates(sync, after), Device::id);
    }

    private List<Device> candidates(String sync, long after) {
        return jdbc.sql(DeviceRows.SELECT + " where d.sync = :sync and d.id > :after and i.present and " + ON_ITS_WAY
                        + " order by d.id fetch first :limit rows only")
                .param("sync", sync)
                .param("after", after)
                .param("limit", Chunks.RECORDS)
                .query(new DeviceRows())
                .list();
    }

    /**
     * The inventory shows the devices' eSIMs: those that wait go on now, at ACTIVATE if something is left to be done at
     * Celona.
     *
     * @param op what the sync's activations do
     */
    public void seen(Collection<Long> ids, OpCode op) {
        jdbc.sql("update device set verified_at = :now, iccid_gone_at = null, " + goesOn(op) + " where id in (:ids)")
                .param("now", Times.of(clock.instant()))
                .param("ids", ids)
                .update();
    }

    private static String goesOn(OpCode op) {
        return "step = case when place <> 'WAITING' then step when " + active(op)
                + " then 'CONFIRM' else 'ACTIVATE' end,"
                + " due_at = case when place = 'WAITING' then :now else due_at end,"
                + " push_reference = case when place = 'WAITING' then null else push_reference end,"
                + " waits_for_device = case when place = 'WAITING' then false else waits_for_device end,"
                + " attempts = case when place = 'WAITING' then 0 else attempts end";
    }

    /** As {@link Device#isActive}, for a row. */
    static String active(OpCode op) {
        return "activated_at is not null and op_code is null" + (op.groups() ? " and grouped_at is not null" : "");
    }
}
