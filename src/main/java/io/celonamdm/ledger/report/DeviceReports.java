package io.celonamdm.ledger.report;

import io.celonamdm.device.FleetReport.Row;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.Place;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Chunks;
import io.celonamdm.ledger.database.Keyset;
import io.celonamdm.ledger.database.KnownRows;
import io.celonamdm.ledger.database.Rows;
import io.celonamdm.ledger.database.SqlArrays;
import io.celonamdm.ledger.device.DeviceConditions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Devices in the form that platforms and QR code pages report. */
@Repository
@Transactional(readOnly = true)
public class DeviceReports {
    private static final String ROW = "d.id, d.eid, d.place, d.step, d.code, d.reason, d.iccid, d.smdp_host, i.record";
    private static final String RECORD = " join inventory i on i.sync = d.sync and i.eid = d.eid";
    private static final String DOWNLOADING = " and d." + DeviceConditions.ON_THE_WAY + """
             and d.place in ('WAITING', 'IN_FLIGHT', 'DEAD')
            and d.iccid is not null and d.smdp_host is not null and d.verified_at is null and d.confirmed_at is null""";

    private final JdbcClient jdbc;

    public DeviceReports(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A device that has an eSIM to download, and has not been seen with it.
     *
     * @param id the ledger's id of the device
     * @param eid its EID
     * @param mdm its inventory record
     * @param address where it downloads
     * @param place its place
     * @param code what blocks it, if anything does
     */
    public record PendingDownload(
            long id,
            Eid eid,
            MdmDevice mdm,
            SmdpAddress address,
            Place place,
            @Nullable ReasonCode code) {}

    /** The rows of a sync's devices, by EID. EIDs that the ledger does not have are missing. */
    public Map<String, Row> of(SyncName sync, Collection<String> eids) {
        if (eids.isEmpty()) {
            return Map.of();
        }
        return jdbc
                .sql("select " + ROW + " from " + SqlArrays.EIDS
                        + " join device d on d.sync = :sync and d.eid = wanted.eid" + RECORD)
                .param("sync", sync.value())
                .param("eids", eids.stream().distinct().toArray(String[]::new))
                .query((row, number) -> rowOf(row))
                .list()
                .stream()
                .collect(Collectors.toMap(row -> row.eid().value(), Function.identity()));
    }

    /** All devices of a sync, ordered by EID. */
    public Stream<Row> all(SyncName sync) {
        return rows("", sync);
    }

    /** All {@link #pendingDownloads} of a sync, ordered by EID. */
    public Stream<Row> allDownloading(SyncName sync) {
        return rows(DOWNLOADING, sync);
    }

    private Stream<Row> rows(String which, SyncName sync) {
        return Keyset.rows(
                "",
                after -> page(which, sync, after, Chunks.RECORDS)
                        .query((row, number) -> rowOf(row))
                        .list(),
                row -> row.eid().value());
    }

    /**
     * Devices that have an eSIM and were not seen with it, including failed ones, ordered by EID, after {@code after}.
     * An eSIM that is active at Celona need not be on the device.
     */
    public List<PendingDownload> pendingDownloads(SyncName sync, String after, int limit) {
        return page(DOWNLOADING, sync, after, limit)
                .query(KnownRows.of((row, number) -> new PendingDownload(
                        row.getLong("id"),
                        Rows.eid(row),
                        Rows.mdm(row),
                        SmdpAddress.of(row.getString("smdp_host")),
                        Rows.place(row),
                        Rows.code(row))));
    }

    private StatementSpec page(String which, SyncName sync, String after, int limit) {
        return jdbc.sql("select " + ROW + " from device d" + RECORD + " where d.sync = :sync and d.eid > :after" + which
                        + " order by d.eid fetch first :limit rows only")
                .param("sync", sync.value())
                .param("after", after)
                .param("limit", limit);
    }

    private static Row rowOf(ResultSet row) throws SQLException {
        return new Row(
                Rows.eid(row),
                Rows.mdm(row),
                row.getString("place"),
                row.getString("step"),
                row.getString("code"),
                row.getString("reason"),
                Rows.optional(row, "iccid", Iccid::of),
                Rows.optional(row, "smdp_host", SmdpAddress::of));
    }
}
