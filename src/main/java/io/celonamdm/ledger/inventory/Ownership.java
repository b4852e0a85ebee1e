package io.celonamdm.ledger.inventory;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Audit;
import io.celonamdm.ledger.database.Chunks;
import io.celonamdm.ledger.database.Keyset;
import io.celonamdm.ledger.database.Rows;
import io.celonamdm.ledger.database.SqlArrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Which sync of a Celona customer an EID belongs to, and how it changes hands. */
@Repository
@Transactional
public class Ownership {
    private final JdbcClient jdbc;
    private final Audit audit;

    Ownership(JdbcClient jdbc, Audit audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    /**
     * Takes over devices that this sync's inventory shows and their owner's no longer does, with their step, eSIM and
     * history. A device retired here stays retired until it is released.
     *
     * @param from the owners that it may take from
     * @return the EIDs taken over, with the sync that had them
     */
    public Map<Eid, SyncName> takeOver(SyncName sync, String customerId, Predicate<SyncName> from) {
        Map<Eid, SyncName> formerOwners = new TreeMap<>(Comparator.comparing(Eid::value));
        for (SyncName owner : otherThan(sync)) {
            if (from.test(owner)) {
                takeOverGone(sync, customerId, owner, formerOwners);
            }
        }
        return formerOwners;
    }

    private void takeOverGone(SyncName sync, String customerId, SyncName owner, Map<Eid, SyncName> formerOwners) {
        String reason = "the complete pulls of sync %s no longer show the device".formatted(owner);
        // few devices are gone at a time, so start from them, not from what this sync shows
        Keyset.pages("", after -> gone(owner, after), Eid::value).forEach(gone -> {
            Map<Eid, Long> owned = owned(sync, customerId, owner, gone);
            takeOver(sync, owner, owned, reason).forEach(eid -> formerOwners.put(eid, owner));
        });
    }

    /**
     * Takes over devices that this sync's inventory shows from a sync that made their eSIMs ready ahead of enrolment, with
     * their step, eSIM and history.
     *
     * @param serves whether this sync serves a device
     * @return how many
     */
    public int takeOverPrepared(SyncName sync, String customerId, SyncName owner, BiPredicate<MdmDevice, Eid> serves) {
        int[] taken = {0};
        Keyset.pages(
                        "",
                        after -> prepared(sync, customerId, owner, after),
                        each -> each.eid().value())
                .forEach(prepared -> {
                    Map<Eid, Long> served = prepared.stream()
                            .filter(each -> serves.test(each.mdm(), each.eid()))
                            .collect(Collectors.toMap(Prepared::eid, Prepared::id));
                    taken[0] += takeOver(sync, owner, served, "its eSIM was made ready by sync %s".formatted(owner))
                            .size();
                });
        return taken[0];
    }

    /** Those of some EIDs that another sync of the customer owns. */
    @Transactional(readOnly = true)
    public Set<Eid> ofOthers(SyncName sync, String customerId, Collection<Eid> eids) {
        return eids.isEmpty()
                ? Set.of()
                : Set.copyOf(jdbc.sql("select o.eid from " + SqlArrays.EIDS + """
                                         join device o on o.customer_id = :customer and o.owned_eid = wanted.eid
                                        where o.sync <> :sync
                                        """)
                        .param("sync", sync.value())
                        .param("customer", customerId)
                        .param("eids", SqlArrays.eids(eids))
                        .query((row, number) -> Rows.eid(row))
                        .list());
    }

    private record Prepared(Eid eid, long id, MdmDevice mdm) {}

    /** Devices of an owner that this sync shows too. */
    private List<Prepared> prepared(SyncName sync, String customerId, SyncName owner, String after) {
        return jdbc.sql("""
                        select o.id, o.eid, mine.record from device o
                        join inventory mine on mine.sync = :sync and mine.eid = o.owned_eid and mine.present
                        where o.sync = :owner and o.eid > :after and o.customer_id = :customer and o.place <> 'IN_FLIGHT'
                            and not exists (select 1 from missed m where m.inventory_id = mine.id)
                            and not exists (
                                select 1 from device r where r.sync = :sync and r.eid = o.eid and r.place = 'RETIRED')
                        order by o.sync, o.eid fetch first :limit rows only
                        """)
                .param("sync", sync.value())
                .param("owner", owner.value())
                .param("after", after)
                .param("customer", customerId)
                .param("limit", Chunks.RECORDS)
                .query((row, number) -> new Prepared(Rows.eid(row), row.getLong("id"), Rows.mdm(row)))
                .list();
    }

    private List<SyncName> otherThan(SyncName sync) {
        return jdbc.sql("select name from sync where name <> :sync order by name")
                .param("sync", sync.value())
                .query((row, number) -> new SyncName(row.getString("name")))
                .list();
    }

    /** EIDs that a sync no longer shows. */
    private List<Eid> gone(SyncName sync, String after) {
        return jdbc.sql("""
                        select eid from inventory where present = false and sync = :sync and eid > :after
                        order by present, sync, eid fetch first :limit rows only
                        """)
                .param("sync", sync.value())
                .param("after", after)
                .param("limit", Chunks.SIZE)
                .query((row, number) -> Rows.eid(row))
                .list();
    }

    /** Ids of the owner's devices with these EIDs that this sync shows. */
    private Map<Eid, Long> owned(SyncName sync, String customerId, SyncName owner, List<Eid> eids) {
        Map<Eid, Long> owned = new HashMap<>();
        jdbc.sql("select o.id, o.eid from " + SqlArrays.EIDS + """
                         join device o on o.sync = :owner and o.eid = wanted.eid
                        join inventory mine on mine.sync = :sync and mine.eid = o.owned_eid and mine.present
                        where o.customer_id = :customer and o.place <> 'IN_FLIGHT' and not exists (
                            select 1 from device r where r.sync = :sync and r.eid = o.eid and r.place = 'RETIRED')
                        """)
                .param("sync", sync.value())
                .param("owner", owner.value())
                .param("customer", customerId)
                .param("eids", SqlArrays.eids(eids))
                .query(row -> {
                    owned.put(Rows.eid(row), row.getLong("id"));
                });
        return owned;
    }

    /**
     * Takes over what the owner is not working on at this moment.
     *
     * @return the EIDs
     */
    private Set<Eid> takeOver(SyncName sync, SyncName owner, Map<Eid, Long> wanted, String reason) {
        Map<Eid, Long> devices = atRest(owner, wanted);
        if (devices.isEmpty()) {
            return devices.keySet();
        }
        Collection<Long> ids = devices.values();
        jdbc.sql("delete from device where sync = :sync and owned_eid is null"
                        + " and eid in (select o.eid from device o where o.id in (:ids))")
                .param("sync", sync.value())
                .param("ids", ids)
                .update();
        for (String table : List.of("device", "dead_letter", "follow_up")) {
            String key = "device".equals(table) ? "id" : "device_id";
            jdbc.sql("update " + table + " set sync = :sync where " + key + " in (:ids)")
                    .param("sync", sync.value())
                    .param("ids", ids)
                    .update();
        }
        jdbc.sql("update device set compared = false where id in (:ids)")
                .param("ids", ids)
                .update();
        for (Eid eid : devices.keySet()) {
            forgetDrift(owner, eid);
            audit.note(Audit.CONNECTOR, sync, eid, "take-over", reason, "from sync " + owner);
        }
        return devices.keySet();
    }

    /** Those that the owner still has, and that are in no call. Until the transaction ends, it can take up none of them. */
    private Map<Eid, Long> atRest(SyncName owner, Map<Eid, Long> devices) {
        Map<Eid, Long> atRest = new HashMap<>();
        if (!devices.isEmpty()) {
            jdbc.sql("select id, eid from device where id in (:ids) and sync = :owner and place <> 'IN_FLIGHT'"
                            + " order by id for update")
                    .param("ids", devices.values())
                    .param("owner", owner.value())
                    .query(row -> {
                        atRest.put(Rows.eid(row), row.getLong("id"));
                    });
        }
        return atRest;
    }

    private void forgetDrift(SyncName owner, Eid eid) {
        jdbc.sql("delete from drift where sync = :sync and eid = :eid")
                .param("sync", owner.value())
                .param("eid", eid.value())
                .update();
    }
}
