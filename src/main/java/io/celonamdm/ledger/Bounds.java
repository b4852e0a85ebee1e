package io.celonamdm.ledger;

import io.celonamdm.esim.Eid;
import io.celonamdm.json.Json;
import io.celonamdm.platform.MdmDevice;
import java.time.Clock;
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
    private final Clock clock;

    Bounds(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
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

    /** Devices that the inventory shows and that wait, or are held as out of scope; in the order of their EIDs. */
    @Transactional(readOnly = true)
    public List<OnItsWay> onTheirWay(String sync, String after, int limit) {
        return list("d.place = 'WAITING' or " + OUT, sync, after, limit);
    }

    /** Of these, the ones that are held as out of scope. */
    @Transactional(readOnly = true)
    public List<OnItsWay> held(String sync, String after, int limit) {
        return list(OUT, sync, after, limit);
    }

    private List<OnItsWay> list(String which, String sync, String after, int limit) {
        return jdbc.sql("select d.id, d.eid, d.place, i.record from device d"
                        + " join inventory i on i.sync = d.sync and i.eid = d.eid and i.present"
                        + " where d.sync = :sync and d.eid > :after and (" + which
                        + ") order by d.sync, d.eid fetch first :limit rows only")
                .param("sync", sync)
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> new OnItsWay(
                        row.getLong("id"),
                        Eid.of(row.getString("eid")),
                        Place.HELD.name().equals(row.getString("place")),
                        Json.read(row.getString("record"), MdmDevice.class)))
                .list();
    }

    /** Lets held devices go on at the step where they stand. */
    public void release(Collection<Long> ids) {
        jdbc.sql("""
                        update device set place = 'WAITING', due_at = :now, code = null, reason = null
                        where id in (:ids) and place = 'HELD' and code = 'OUT_OF_SCOPE'
                        """).param("now", Times.of(clock.instant())).param("ids", ids).update();
    }
}
