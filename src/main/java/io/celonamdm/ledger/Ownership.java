package io.celonamdm.ledger;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Which sync of a Celona customer an EID belongs to, and how it changes hands. */
@Repository
@Transactional
public class Ownership {
    private static final int CHUNK = 1000;

    private final JdbcClient jdbc;
    private final Audit audit;

    Ownership(JdbcClient jdbc, Audit audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    /**
     * Takes over devices that this sync's inventory shows and their owner's no longer does, with their step, eSIM and
     * history. One that was retired here stays so until it is released.
     *
     * @return the EIDs that changed hands, and the sync that had them
     */
    public Map<String, String> takeOver(String sync, String customerId) {
        Map<String, String> formerOwners = new TreeMap<>();
        List<Long> owned = jdbc.sql("""
                        select o.id, o.eid, o.sync from device o
                        join inventory mine on mine.sync = :sync and mine.eid = o.owned_eid and mine.present
                        where o.customer_id = :customer and o.sync <> :sync and o.place <> 'IN_FLIGHT' and exists (
                            select 1 from inventory theirs where theirs.sync = o.sync and theirs.eid = o.eid and not theirs.present)
                            and not exists (
                            select 1 from device r where r.sync = :sync and r.eid = o.eid and r.place = 'RETIRED')
                        """)
                .param("sync", sync)
                .param("customer", customerId)
                .query((row, number) -> {
                    formerOwners.put(row.getString("eid"), row.getString("sync"));
                    return row.getLong("id");
                })
                .list();
        // a sync that was renamed takes over its whole fleet, and a statement takes a limited number of parameters
        for (int from = 0; from < owned.size(); from += CHUNK) {
            takeOver(sync, owned.subList(from, Math.min(owned.size(), from + CHUNK)));
        }
        formerOwners.forEach((eid, owner) -> {
            forgetDrift(owner, eid);
            audit.note(
                    Audit.CONNECTOR,
                    sync,
                    eid,
                    "take-over",
                    "the latest complete pull of sync %s no longer shows the device".formatted(owner),
                    "from sync " + owner);
        });
        return formerOwners;
    }

    private void takeOver(String sync, List<Long> ids) {
        jdbc.sql("delete from device where sync = :sync and owned_eid is null"
                        + " and eid in (select o.eid from device o where o.id in (:ids))")
                .param("sync", sync)
                .param("ids", ids)
                .update();
        for (String table : List.of("device", "dead_letter", "follow_up")) {
            String key = "device".equals(table) ? "id" : "device_id";
            jdbc.sql("update " + table + " set sync = :sync where " + key + " in (:ids)")
                    .param("sync", sync)
                    .param("ids", ids)
                    .update();
        }
        jdbc.sql("update device set compared = false where id in (:ids)")
                .param("ids", ids)
                .update();
    }

    private void forgetDrift(String owner, String eid) {
        jdbc.sql("delete from drift where sync = :sync and eid = :eid")
                .param("sync", owner)
                .param("eid", eid)
                .update();
    }
}
