package io.celonamdm.ledger.device;

import io.celonamdm.celona.OpCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Chunks;
import io.celonamdm.ledger.database.Keyset;
import io.celonamdm.ledger.database.Times;
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
    private static final String ON_ITS_WAY = "d.place in ('WAITING', 'DEAD') and d." + DeviceConditions.ON_THE_WAY
            + " and d.iccid is not null and d.verified_at is null"
            // without a push since its re-enrolment, what a device shows may be old
            + " and (d.pushed_at is not null or d.step <> 'PUSH')";

    private final JdbcClient jdbc;
    private final DeviceTransitions transitions;
    private final Clock clock;

    Sightings(JdbcClient jdbc, DeviceTransitions transitions, Clock clock) {
        this.jdbc = jdbc;
        this.transitions = transitions;
        this.clock = clock;
    }

    /**
     * Devices of a sync that are on their way, in the latest complete pull. They come in chunks; each chunk can be
     * changed before the next is read.
     */
    @Transactional(readOnly = true)
    public Stream<List<Device>> candidates(SyncName sync) {
        return Keyset.pages(0L, after -> candidates(sync, after), Device::id);
    }

    private List<Device> candidates(SyncName sync, long after) {
        return jdbc.sql(DeviceRows.SELECT + " where d.sync = :sync and d.id > :after and i.present and " + ON_ITS_WAY
                        + " order by d.id fetch first :limit rows only")
                .param("sync", sync.value())
                .param("after", after)
                .param("limit", Chunks.RECORDS)
                .query(new DeviceRows())
                .list();
    }

    /**
     * Records that the inventory shows the devices' eSIMs. Those that wait go on now, at ACTIVATE if something is left
     * to do at Celona.
     *
     * @param op what the sync's activations do
     */
    public void seen(Collection<Long> ids, OpCode op) {
        jdbc.sql("update device set verified_at = :now, iccid_gone_at = null where id in (:ids)")
                .param("now", Times.of(clock.instant()))
                .param("ids", ids)
                .update();
        transitions.sighted(ids, op);
    }
}
