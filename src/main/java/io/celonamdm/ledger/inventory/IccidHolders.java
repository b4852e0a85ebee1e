package io.celonamdm.ledger.inventory;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Rows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Finds the device of a Celona customer that holds an ICCID: the one that was assigned it, or must get it. */
@Repository
@Transactional
public class IccidHolders {
    private final JdbcClient jdbc;

    public IccidHolders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A device that holds an ICCID.
     *
     * @param sync its sync
     * @param eid its eSIM chip
     */
    public record Holder(SyncName sync, Eid eid) {}

    /**
     * Finds the holder of an ICCID among the customer's other devices. A retired device holds nothing.
     *
     * @param iccid the ICCID, with or without its check digit
     */
    @Transactional(readOnly = true)
    public Optional<Holder> otherThan(SyncName sync, Eid eid, String customerId, Iccid iccid) {
        return jdbc.sql("""
                        select sync, eid from device where customer_id = :customer and place <> 'RETIRED'
                            and (iccid in (:spellings) or given_iccid in (:spellings)) and not (sync = :sync and eid = :eid)
                        order by id fetch first 1 row only
                        """)
                .param("customer", customerId)
                .param("spellings", iccid.spellings())
                .param("sync", sync.value())
                .param("eid", eid.value())
                .query((row, number) -> new Holder(Rows.sync(row), Rows.eid(row)))
                .optional();
    }

    /**
     * Finds other devices of the customer that were assigned one of these eSIMs. A retired device holds nothing.
     *
     * @param iccids the ICCIDs by EID, with or without their check digits
     * @return the holders, by the EID of the device that is to get their eSIM
     */
    @Transactional(readOnly = true)
    public Map<Eid, Holder> assigned(String customerId, Map<Eid, Iccid> iccids) {
        List<String> eids = new ArrayList<>();
        List<String> spellings = new ArrayList<>();
        iccids.forEach((eid, iccid) -> iccid.spellings().forEach(spelling -> {
            eids.add(eid.value());
            spellings.add(spelling);
        }));
        Map<Eid, Holder> holders = new HashMap<>();
        jdbc.sql("""
                        select w.whose, d.sync, d.eid
                        from unnest(cast(:eids as varchar array), cast(:spellings as varchar array)) as w(whose, said)
                        join device d on d.customer_id = :customer and d.iccid = w.said
                        where d.eid <> w.whose and d.place <> 'RETIRED'
                        """)
                .param("eids", eids.toArray(String[]::new))
                .param("spellings", spellings.toArray(String[]::new))
                .param("customer", customerId)
                .query(row -> {
                    holders.put(Eid.of(row.getString("whose")), new Holder(Rows.sync(row), Rows.eid(row)));
                });
        return holders;
    }

    /** The number of ICCIDs assigned to the customer's devices, in all syncs. A retired device holds none. */
    @Transactional(readOnly = true)
    public long held(String customerId) {
        return jdbc.sql("""
                        select count(distinct iccid) from device
                        where customer_id = :customer and place <> 'RETIRED' and iccid is not null
                        """).param("customer", customerId).query(Long.class).single();
    }

    /** Takes an ICCID from the customer's retired devices, so that another device may get it. */
    public void release(String customerId, Iccid iccid) {
        jdbc.sql("""
                        update device set given_iccid = null
                        where customer_id = :customer and place = 'RETIRED' and given_iccid in (:spellings)
                        """)
                .param("customer", customerId)
                .param("spellings", iccid.spellings())
                .update();
    }

    /** Records the eSIM that a device must get; null leaves the choice to Celona. */
    public void give(long id, @Nullable Iccid iccid) {
        jdbc.sql("update device set given_iccid = :iccid where id = :id")
                .param("iccid", iccid == null ? null : iccid.value())
                .param("id", id)
                .update();
    }
}
