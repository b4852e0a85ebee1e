package io.celonamdm.ledger;

import io.celonamdm.device.FleetReport.Row;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.esim.Step;
import io.celonamdm.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Where devices stand, for those who tell others. */
@Repository
@Transactional(readOnly = true)
public class Standings {
    private static final String ROW = "d.id, d.eid, d.place, d.step, d.code, d.reason, d.iccid, d.smdp_host, i.record";
    private static final String RECORD = " join inventory i on i.sync = d.sync and i.eid = d.eid";
    private static final String DOWNLOADING = """
             and d.step in ('PUSH', 'ACTIVATE', 'CONFIRM') and d.place in ('WAITING', 'IN_FLIGHT', 'DEAD')
            and d.iccid is not null and d.smdp_host is not null and d.verified_at is null and d.confirmed_at is null""";

    private final JdbcClient jdbc;

    Standings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A device that has an eSIM to download, and has not been seen with it.
     *
     * @param id the ledger's id of the device
     * @param eid its EID
     * @param mdm its inventory record
     * @param address where it downloads
     * @param place where the ledger has it
     * @param code what keeps it from going on, if anything does
     */
    public record Downloader(
            long id,
            String eid,
            MdmDevice mdm,
            SmdpAddress address,
            Place place,
            @Nullable ReasonCode code) {}

    /** How a sync's devices of some EIDs stand; those that the ledger does not have are missing. */
    public Map<String, Row> of(String sync, Collection<String> eids) {
        if (eids.isEmpty()) {
            return Map.of();
        }
        return jdbc
                .sql("select " + ROW + " from " + SqlArrays.EIDS
                        + " join device d on d.sync = :sync and d.eid = wanted.eid" + RECORD)
                .param("sync", sync)
                .param("eids", SqlArrays.eids(eids))
                .query((row, number) -> rowOf(row))
                .list()
                .stream()
                .collect(Collectors.toMap(Row::eid, Function.identity()));
    }

    /** How all of a sync's devices stand, in the order of their EIDs, from behind {@code after}. */
    public List<Row> all(String sync, String after, int limit) {
        return portion("", sync, after, limit)
                .query((row, number) -> rowOf(row))
                .list();
    }

    /** The same for those of {@link #downloaders}. */
    public List<Row> downloading(String sync, String after, int limit) {
        return portion(DOWNLOADING, sync, after, limit)
                .query((row, number) -> rowOf(row))
                .list();
    }

    /**
     * Devices that have an eSIM and were not seen with it, also those that failed on their way, in the order of their EIDs,
     * from behind {@code after}. That it is active at Celona says nothing of the device.
     */
    public List<Downloader> downloaders(String sync, String after, int limit) {
        return portion(DOWNLOADING, sync, after, limit)
                .query((row, number) -> {
                    String code = row.getString("code");
                    return new Downloader(
                            row.getLong("id"),
                            row.getString("eid"),
                            Json.read(row.getString("record"), MdmDevice.class),
                            SmdpAddress.of(row.getString("smdp_host")),
                            Place.valueOf(row.getString("place")),
                            code == null ? null : ReasonCode.valueOf(code));
                })
                .list();
    }

    private StatementSpec portion(String which, String sync, String after, int limit) {
        return jdbc.sql("select " + ROW + " from device d" + RECORD + " where d.sync = :sync and d.eid > :after" + which
                        + " order by d.eid fetch first :limit rows only")
                .param("sync", sync)
                .param("after", after)
                .param("limit", limit);
    }

    private static Row rowOf(ResultSet row) throws SQLException {
        String host = row.getString("smdp_host");
        return new Row(
                row.getString("eid"),
                Json.read(row.getString("record"), MdmDevice.class),
                row.getString("place"),
                Step.valueOf(row.getString("step")),
                row.getString("code"),
                row.getString("reason"),
                row.getString("iccid"),
                host == null ? null : SmdpAddress.of(host));
    }
}
