package io.celonamdm.ledger.inventory;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Place;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Chunks;
import io.celonamdm.ledger.database.Rows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Devices that a sync's scope may hold back or release. */
@Repository
@Transactional(readOnly = true)
public class ScopedDevices {
    // a device held at ASSIGN counts as new; the plan decides whether to admit it
    private static final String OUT = "(d.place = 'HELD' and d.code = 'OUT_OF_SCOPE' and d.step <> 'ASSIGN')";

    private final JdbcClient jdbc;

    ScopedDevices(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A device on its way.
     *
     * @param id the ledger's id
     * @param eid the eSIM chip
     * @param held whether it is held as out of scope
     * @param mdm its inventory record
     */
    public record OnItsWay(long id, Eid eid, boolean held, MdmDevice mdm) {}

    /**
     * Devices in the inventory that wait or are held as out of scope. They come in chunks; each chunk can be changed
     * before the next is read.
     *
     * @param heldOnly whether to leave out those that wait
     */
    public Stream<List<OnItsWay>> shown(SyncName sync, boolean heldOnly) {
        List<Long> ids = new ArrayList<>(heldOnly ? List.of() : ids("d.place = 'WAITING'", sync));
        ids.addAll(ids(OUT, sync));
        return Chunks.of(ids, Chunks.RECORDS).map(this::shown);
    }

    private List<Long> ids(String which, SyncName sync) {
        return jdbc.sql("select d.id from device d where d.sync = :sync and " + which)
                .param("sync", sync.value())
                .query(Long.class)
                .list();
    }

    private List<OnItsWay> shown(Collection<Long> ids) {
        return jdbc.sql("""
                        select d.id, d.eid, d.place, i.record from device d
                        join inventory i on i.sync = d.sync and i.eid = d.eid and i.present where d.id in (:ids)
                        """)
                .param("ids", ids)
                .query((row, number) ->
                        new OnItsWay(row.getLong("id"), Rows.eid(row), Rows.place(row) == Place.HELD, Rows.mdm(row)))
                .list();
    }
}
