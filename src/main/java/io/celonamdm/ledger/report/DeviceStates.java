package io.celonamdm.ledger.report;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.Place;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Rows;
import io.celonamdm.ledger.database.SqlArrays;
import io.celonamdm.ledger.database.Text;
import io.celonamdm.ledger.database.Times;
import io.celonamdm.ledger.device.DeviceState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Finds the states of devices, for people. */
@Repository
@Transactional(readOnly = true)
public class DeviceStates {
    private static final String SELECT = """
            select d.*, i.mdm_id, coalesce(i.present, false) as present
            from device d left join inventory i on i.sync = d.sync and i.eid = d.eid
            """;

    private final JdbcClient jdbc;

    public DeviceStates(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Selects devices.
     *
     * @param place their place; null for any
     * @param step what they show as their step; null for any
     * @param code their reason code; null for any
     */
    public record Filter(
            @Nullable Place place,
            @Nullable String step,
            @Nullable ReasonCode code) {}

    /** One device of a sync, by its EID. */
    public Optional<DeviceState> find(SyncName sync, Eid eid) {
        return jdbc.sql(SELECT + " where d.sync = :sync and d.eid = :eid")
                .param("sync", sync.value())
                .param("eid", eid.value())
                .query(DeviceStates::map)
                .optional();
    }

    /** Devices of a sync after the EID {@code after}, ordered by EID, at most {@code limit}. */
    public List<DeviceState> page(SyncName sync, Filter filter, String after, int limit) {
        return jdbc.sql(SELECT + """
                         where d.sync = :sync and d.eid > :after
                            and (cast(:place as varchar) is null or d.place = :place)
                            and (cast(:step as varchar) is null or d.step = :step)
                            and (cast(:code as varchar) is null or d.code = :code)
                        order by d.eid fetch first :limit rows only
                        """)
                .param("sync", sync.value())
                .param("after", after)
                .param("place", Text.name(filter.place()))
                .param("step", filter.step())
                .param("code", Text.name(filter.code()))
                .param("limit", limit)
                .query(DeviceStates::map)
                .list();
    }

    /** One device of a sync, by the ledger's id. */
    public Optional<DeviceState> find(SyncName sync, long id) {
        return jdbc.sql(SELECT + " where d.sync = :sync and d.id = :id")
                .param("sync", sync.value())
                .param("id", id)
                .query(DeviceStates::map)
                .optional();
    }

    /**
     * Searches for devices; returns at most {@code limit}.
     *
     * @param syncs the syncs to search
     * @param text a complete EID, ICCID in any spelling or MDM id, or a part of a name, ignoring case
     */
    public List<DeviceState> search(Collection<SyncName> syncs, String text, int limit) {
        if (syncs.isEmpty()) {
            return List.of();
        }
        return jdbc.sql(SELECT + """
                         where d.sync in (:syncs)
                            and (d.eid = :text or d.iccid in (:iccids) or i.mdm_id = :text or lower(d.name) like :part escape '!')
                        order by d.name, d.sync, d.id fetch first :limit rows only
                        """)
                .param("syncs", syncs.stream().map(SyncName::value).toList())
                .param("text", text)
                .param("iccids", Iccid.find(text).map(Iccid::spellings).orElse(List.of(text)))
                .param("part", "%" + text.toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0") + "%")
                .param("limit", limit)
                .query(DeviceStates::map)
                .list();
    }

    /** The ledger's ids of a sync's devices, by EID. */
    public Map<Eid, Long> ids(SyncName sync, Collection<Eid> eids) {
        Map<Eid, Long> ids = new HashMap<>();
        if (!eids.isEmpty()) {
            jdbc.sql("select eid, id from device where sync = :sync and eid in (:eids)")
                    .param("sync", sync.value())
                    .param("eids", List.of(SqlArrays.eids(eids)))
                    .query(row -> {
                        ids.put(Rows.eid(row), row.getLong("id"));
                    });
        }
        return ids;
    }

    private static DeviceState map(ResultSet row, int number) throws SQLException {
        String place = row.getString("place");
        String step = row.getString("step");
        String code = row.getString("code");
        boolean contradicts = Rows.contradictsItself(row);
        return new DeviceState(
                row.getLong("id"),
                Rows.sync(row),
                Rows.eid(row),
                place,
                step,
                contradicts ? null : Rows.code(row),
                contradicts
                        ? "the ledger's row %d of table device contradicts itself: place %s, step %s, code %s; correct it, or restore a backup"
                                .formatted(row.getLong("id"), place, step, code == null ? "none" : code)
                        : row.getString("reason"),
                Times.nullable(row, "due_at"),
                row.getInt("attempts"),
                row.getString("mdm_id"),
                row.getBoolean("present"),
                row.getString("name"),
                row.getString("device_group"),
                Rows.optional(row, "iccid", Iccid::of),
                row.getString("request_id"),
                row.getString("smdp_host"),
                Rows.run(row),
                Times.required(row, "created_at"),
                Times.nullable(row, "assigned_at"),
                Times.nullable(row, "pushed_at"),
                Times.nullable(row, "activated_at"),
                Times.nullable(row, "grouped_at"),
                Times.nullable(row, "done_at"),
                Times.nullable(row, "verified_at"),
                contradicts);
    }
}
