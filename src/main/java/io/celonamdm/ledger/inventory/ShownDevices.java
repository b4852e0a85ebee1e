package io.celonamdm.ledger.inventory;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Position;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Chunks;
import io.celonamdm.ledger.database.Keyset;
import io.celonamdm.ledger.database.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The latest complete inventory, with what the ledger knows of its devices. */
@Repository
@Transactional(readOnly = true)
public class ShownDevices {
    private static final String ADMITTED = """
            (d.id is not null and not (d.place = 'HELD' and d.step = 'ASSIGN' and coalesce(d.code, '') in (:codes)))""";

    private final JdbcClient jdbc;

    ShownDevices(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A device that the inventory shows.
     *
     * @param eid the eSIM chip
     * @param mdm its inventory record
     * @param owned whether another sync of the same customer owns the EID, as a plan sees it
     * @param admitted whether an earlier plan has admitted it
     * @param position where it stands; null if the ledger does not have it, or contradicts itself there
     * @param name the name last sent to Celona; null if none was sent
     */
    public record Shown(
            Eid eid,
            MdmDevice mdm,
            boolean owned,
            boolean admitted,
            @Nullable Position position,
            @Nullable String name) {}

    /**
     * All devices that the inventory shows, ordered by EID, without new ones that the latest pull has missed: a plan does not
     * admit these.
     *
     * @param ahead see {@link Fleet#newcomers(SyncName, String, boolean)}
     */
    public Stream<Shown> all(SyncName sync, String customerId, boolean ahead) {
        return Keyset.rows(
                "",
                after -> page(sync, customerId, ahead, after),
                last -> last.eid().value());
    }

    private List<Shown> page(SyncName sync, String customerId, boolean ahead, String after) {
        return jdbc.sql("""
                        select i.eid, i.record, d.place, d.step, d.name, %s as owned, %s as admitted
                        from inventory i left join device d on d.sync = i.sync and d.eid = i.eid
                        where i.sync = :sync and i.present and i.eid > :after
                            and (%s or not exists (select 1 from missed m where m.inventory_id = i.id))
                        order by i.sync, i.eid fetch first :limit rows only
                        """.formatted(Fleet.OWNED, ADMITTED, ADMITTED))
                .param("sync", sync.value())
                .param("customer", customerId)
                .param("ahead", ahead)
                .param("codes", NotAdmitted.CODES)
                .param("after", after)
                .param("limit", Chunks.RECORDS)
                .query((row, number) -> new Shown(
                        Rows.eid(row),
                        Rows.mdm(row),
                        row.getBoolean("owned"),
                        row.getBoolean("admitted"),
                        position(row),
                        row.getString("name")))
                .list();
    }

    private static @Nullable Position position(ResultSet row) throws SQLException {
        String place = row.getString("place");
        return place == null
                ? null
                : Position.read(place, row.getString("step")).orElse(null);
    }
}
