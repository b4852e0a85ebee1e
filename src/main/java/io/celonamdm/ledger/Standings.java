package io.celonamdm.ledger;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.esim.Step;
import io.celonamdm.json.Json;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Where devices stand, for those who tell others. */
@Repository
@Transactional(readOnly = true)
public class Standings {
    private final JdbcClient jdbc;

    Standings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Where a device stands.
     *
     * @param place where the ledger has it
     * @param step the step that it has reached
     * @param code what keeps it from going on, or what is remarkable about it
     * @param reason the code's reason, in the vendor's words if it is the vendor's
     * @param iccid the eSIM that Celona assigned
     */
    public record Standing(
            Place place,
            Step step,
            @Nullable String code,
            @Nullable String reason,
            @Nullable String iccid) {

        /** Whether its eSIM is active, and a sign of the device is all that is waited for. */
        public boolean isUnconfirmed() {
            return step == Step.CONFIRM && (place == Place.WAITING || place == Place.IN_FLIGHT);
        }
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

    /** Where a sync's devices of some EIDs stand; those that the ledger does not have are missing. */
    public Map<String, Standing> of(String sync, Collection<String> eids) {
        Map<String, Standing> standings = new HashMap<>();
        if (eids.isEmpty()) {
            return standings;
        }
        jdbc.sql("select d.eid, d.place, d.step, d.code, d.reason, d.iccid from " + SqlArrays.EIDS
                        + " join device d on d.sync = :sync and d.eid = wanted.eid")
                .param("sync", sync)
                .param("eids", SqlArrays.eids(eids))
                .query(row -> {
                    standings.put(
                            row.getString("eid"),
                            new Standing(
                                    Place.valueOf(row.getString("place")),
                                    Step.valueOf(row.getString("step")),
                                    row.getString("code"),
                                    row.getString("reason"),
                                    row.getString("iccid")));
                });
        return standings;
    }

    /**
     * Devices that have an eSIM and were not seen with it, also those that failed on their way, in the order of their EIDs,
     * from behind {@code after}. That it is active at Celona says nothing of the device.
     */
    public List<Downloader> downloaders(String sync, String after, int limit) {
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
}
