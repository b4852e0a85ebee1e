package io.celonamdm.ledger;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Devices that a sync's scope may hold back or let go on again. */
@Repository
@Transactional
public class Bounds {
    // one held at ASSIGN is as good as new; the plan admits it, or not, as such
    private static final String OUT = "(d.place = 'HELD' and d.code = 'OUT_OF_SCOPE' and d.step <> 'ASSIGN')";

    private final JdbcClient jdbc;
    private final DeviceTransitions transitions;

    Bounds(JdbcClient jdbc, DeviceTransitions transitions) {
        this.jdbc = jdbc;
        this.transitions = transitions;
    }

    /**
     * A device on its way.
     *
     * @param id the ledger's id
     * @param eid the eSIM chip
     * @param held whether it is held because the scope left it out
     * @param mdm its inventory record
     */
    public record OnItsWay(long id, Eid eid, boolean held, MdmDevice mdm) {}

    /** Ids of devices that wait, or are held as out of scope. */
    @Transactional(readOnly = true)
    public List<Long> onTheirWay(String sync) {
        List<Long> ids = new ArrayList<>(ids("d.place = 'WAITING'", sync));
        ids.addAll(held(sync));
        return ids;
    }

    /** Of these, the ones that are held as out of scope. */
    @Transactional(readOnly = true)
    public List<Long> held(String sync) {
        return ids(OUT, sync);
    }

    private List<Long> ids(String which, String sync) {
        return jdbc.sql("select d.id from device d where d.sync = :sync and " + which)
                .param("sync", sync)
                .query(Long.class)
                .list();
    }

    /** Those of the devices that the inventory shows. */
    @Transactional(readOnly = true)
    public List<OnItsWay> shown(Collection<Long> ids) {
        return jdbc.sql("""
                        select d.id, d.eid, d.place, i.record from device d
                        join inventory i on i.sync = d.sync and i.eid = d.eid and i.present where d.id in (:ids)
                        """)
                .param("ids", ids)
                .query((row, number) -> new OnItsWay(
                        row.getLong("id"),
                        new Eid(row.getString("eid")),
                        Place.HELD.name().equals(row.getString("place")),
                        Json.read(row.getString("record"), MdmDevice.class)))
                .list();
    }

    /** Lets held devices go on at the step where they stand. */
    public void release(Collection<Long> ids) {
        transitions.releaseInScope(ids);
    }
}
