package io.celonamdm.ledger.inventory;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Chunks;
import io.celonamdm.ledger.database.Keyset;
import io.celonamdm.ledger.database.Rows;
import io.celonamdm.ledger.database.SqlArrays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Compares a sync's devices with its inventory: which are new, which are gone, and who owns an EID. */
@Repository
@Transactional(readOnly = true)
public class Fleet {
    private static final String NOT_ADMITTED = "d.place = 'HELD' and d.step = 'ASSIGN' and d.code in (:codes)";
    private static final String DEVICES_NOT_ADMITTED = "from device d where d.sync = :sync and " + NOT_ADMITTED;
    // a subquery for the held devices would run again for each chunk, and on a large fleet's first night all are held
    private static final String NEWCOMERS = """
            from inventory i left join device d on d.sync = i.sync and d.eid = i.eid
            where i.sync = :sync and i.present and (d.id is null or (%s))
                and not exists (select 1 from missed m where m.inventory_id = i.id)
            """.formatted(NOT_ADMITTED);
    /** Whether the EID of an inventory record {@code i} belongs to another sync of the same customer. */
    static final String OWNED = """
            (exists (select 1 from device o where o.customer_id = :customer and o.owned_eid = i.eid and o.sync <> i.sync)
                or cast(:ahead as boolean) and exists (select 1 from sync s join device r on r.sync = s.name and r.eid = i.eid
                    where s.name <> i.sync and r.customer_id = :customer and r.place = 'RETIRED'))""";

    private final JdbcClient jdbc;

    Fleet(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A device that a plan admits or holds back.
     *
     * @param eid the eSIM chip
     * @param isNew whether the ledger does not have the device yet
     * @param mdm its inventory record
     * @param owned whether another sync of the same customer owns the EID
     */
    public record Newcomer(Eid eid, boolean isNew, MdmDevice mdm, boolean owned) {}

    /**
     * The sizes that guards check.
     *
     * @param inventory devices that the pull has shown
     * @param known devices admitted by earlier plans
     * @param newcomers devices that are not admitted yet
     */
    public record Sizes(int inventory, int known, int newcomers) {}

    /**
     * Computes the sizes of a sync's fleet. Each device has an inventory record, shown or gone, so index counts alone
     * give the number of records without a device. Looking up the device of each record would be the longest part of a
     * night without changes.
     */
    public Sizes sizes(SyncName sync) {
        int shown = count("from inventory where sync = :sync and present", sync);
        int devices = count("from device where sync = :sync", sync);
        int gone = count(
                "from inventory i join device d on d.sync = i.sync and d.eid = i.eid where i.sync = :sync and i.present = false",
                sync);
        int notAdmitted = count(DEVICES_NOT_ADMITTED, sync);
        int notAdmittedShown = count(
                DEVICES_NOT_ADMITTED
                        + " and exists (select 1 from inventory i where i.sync = d.sync and i.eid = d.eid and i.present)",
                sync);
        return new Sizes(shown, devices - notAdmitted, shown - (devices - gone) + notAdmittedShown);
    }

    /**
     * How many of the newcomers another sync of the customer owns.
     *
     * @param ahead see {@link #newcomers(SyncName, String, boolean)}
     */
    public int ownedNewcomers(SyncName sync, String customerId, boolean ahead) {
        return jdbc.sql("select count(*) " + NEWCOMERS + " and " + OWNED)
                .param("sync", sync.value())
                .param("customer", customerId)
                .param("ahead", ahead)
                .param("codes", NotAdmitted.CODES)
                .query(Integer.class)
                .single();
    }

    /** The number of devices that the inventory will have with this complete pull. */
    public int pulled(Pull pull) {
        int known = pull.known().size(pull.isAdditions());
        return pull.hasStaged() ? known + count("""
                                from pulled p where p.sync = :sync and not exists (
                                    select 1 from inventory i where i.sync = p.sync and i.eid = p.eid)
                                """, pull.run().sync()) : known;
    }

    private int count(String from, SyncName sync) {
        return jdbc.sql("select count(*) " + from)
                .param("sync", sync.value())
                .param("codes", NotAdmitted.CODES)
                .query(Integer.class)
                .single();
    }

    /**
     * Devices not admitted yet, ordered by EID. Each may be admitted or held back before the next is read.
     *
     * @param ahead whether the sync is ahead of enrolment and shows devices for ever, so that one that another sync has
     *     retired is still that sync's
     */
    public Stream<Newcomer> newcomers(SyncName sync, String customerId, boolean ahead) {
        return Keyset.rows(
                "",
                after -> newcomers(sync, customerId, ahead, after),
                last -> last.eid().value());
    }

    private List<Newcomer> newcomers(SyncName sync, String customerId, boolean ahead, String after) {
        return select(sync, customerId, ahead, " and i.eid > :after")
                .param("after", after)
                .param("limit", Chunks.RECORDS)
                .query(Fleet::newcomer)
                .list();
    }

    /** Those of some EIDs whose devices are not admitted yet, ordered by EID, for a sync that is not ahead of enrolment. */
    @Transactional(readOnly = true)
    public Stream<Newcomer> newcomers(SyncName sync, String customerId, Collection<Eid> eids) {
        if (eids.isEmpty()) {
            return Stream.empty();
        }
        return select(sync, customerId, false, " and i.eid in (select wanted.eid from " + SqlArrays.EIDS + ")")
                .param("eids", SqlArrays.eids(eids))
                .param("limit", eids.size())
                .query(Fleet::newcomer)
                .list()
                .stream();
    }

    private StatementSpec select(SyncName sync, String customerId, boolean ahead, String condition) {
        return jdbc.sql("select i.eid, i.record, d.id, " + OWNED + " as owned "
                        + NEWCOMERS
                        + condition
                        + " order by i.sync, i.eid, i.present, i.fingerprint, i.id fetch first :limit rows only")
                .param("sync", sync.value())
                .param("customer", customerId)
                .param("ahead", ahead)
                .param("codes", NotAdmitted.CODES);
    }

    private static Newcomer newcomer(ResultSet row, int number) throws SQLException {
        return new Newcomer(Rows.eid(row), row.getObject("id") == null, Rows.mdm(row), row.getBoolean("owned"));
    }
}
