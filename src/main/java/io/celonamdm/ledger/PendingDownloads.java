package io.celonamdm.ledger;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SmdpAddress;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Devices that have an eSIM to download and were not seen with it, also those that failed on their way. That it is active
 * at Celona says nothing of the device.
 */
@Repository
@Transactional(readOnly = true)
public class PendingDownloads {
    private final JdbcClient jdbc;

    PendingDownloads(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * One of them.
     *
     * @param id the ledger's id of the device
     * @param eid its EID
     * @param mdm its inventory record
     * @param address where it downloads
     * @param place where the ledger has it
     * @param code what keeps it from going on, if anything does
     */
    public record PendingDownload(
            long id,
            Eid eid,
            MdmDevice mdm,
            SmdpAddress address,
            Place place,
            @Nullable ReasonCode code) {}

    /** All of a sync in the order of their EIDs. */
    public Stream<PendingDownload> all(String sync) {
        return Keyset.rows(
                "",
                after -> page(sync, after, Chunks.RECORDS),
                last -> last.eid().value());
    }

    /** Those of a sync in the order of their EIDs, from behind {@code after}, at most {@code limit}. */
    public List<PendingDownload> page(String sync, String after, int limit) {
        return jdbc.sql("""
                        select d.id, d.eid, d.smdp_host, d.place, d.code, i.record from device d
                        join inventory i on i.sync = d.sync and i.eid = d.eid
                        where d.sync = :sync and d.eid > :after and d.step in ('PUSH', 'ACTIVATE', 'CONFIRM')
                            and d.place in ('WAITING', 'IN_FLIGHT', 'DEAD')
                            and d.iccid is not null and d.smdp_host is not null
                            and d.verified_at is null and d.confirmed_at is null
                        order by d.eid fetch first :limit rows only
                        """)
                .param("sync", sync)
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> new PendingDownload(
                        row.getLong("id"),
                        Rows.eid(row),
                        Rows.mdm(row),
                        SmdpAddress.of(row.getString("smdp_host")),
                        Rows.place(row),
                        Rows.code(row)))
                .list();
    }
}
