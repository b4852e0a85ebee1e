package io.celonamdm.ledger.inventory;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Chunks;
import io.celonamdm.ledger.database.Times;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.ledger.device.DeviceFacts;
import io.celonamdm.ledger.device.DeviceRows;
import io.celonamdm.plan.Comparison;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Selects devices for a drift check, and records the results. A device is checked once it is done, and again only after
 * its record or the settings of its sync change.
 */
@Repository
@Transactional
public class DriftChecks {
    private final JdbcClient jdbc;
    private final Drifts drifts;
    private final DeviceFacts facts;
    private final Clock clock;

    DriftChecks(JdbcClient jdbc, Drifts drifts, DeviceFacts facts, Clock clock) {
        this.jdbc = jdbc;
        this.drifts = drifts;
        this.facts = facts;
        this.clock = clock;
    }

    /**
     * A device due for a drift check.
     *
     * @param device the device, with its latest record
     * @param enrolledAt the time of the enrolment that the eSIM was pushed to
     * @param managementId the management id that the command was sent to
     * @param verifiedBefore whether it has shown its eSIM since
     */
    public record Subject(
            Device device,
            @Nullable Instant enrolledAt,
            @Nullable String managementId,
            boolean verifiedBefore) {}

    /** A checked device with its result. */
    public record Compared(Subject subject, Comparison comparison) {}

    /**
     * Marks devices for a drift check if their record changed in this complete pull, which is not yet the inventory.
     */
    public void recordsChanged(Pull pull) {
        if (!pull.hasStaged()) {
            return;
        }
        jdbc.sql("""
                        update device set compared = false where sync = :sync and compared
                            and eid in (select p.eid from pulled p where p.sync = :sync)
                        """).param("sync", pull.run().sync().value()).update();
    }

    /**
     * Marks every device for a drift check if the rules have changed since the last one.
     *
     * @param rules a text of at most 64 characters that is the same for equal rules
     */
    public void rulesAre(SyncName sync, String rules) {
        boolean same = jdbc.sql("select count(*) from sync where name = :sync and compared_by = :rules")
                        .param("sync", sync.value())
                        .param("rules", rules)
                        .query(Integer.class)
                        .single()
                > 0;
        if (!same) {
            jdbc.sql("update device set compared = false where sync = :sync and compared")
                    .param("sync", sync.value())
                    .update();
        }
    }

    /**
     * Records that all devices were checked by these rules. Call it last: it locks the sync's row until the commit, and
     * the plan of a large fleet would keep others waiting.
     */
    public void comparedBy(SyncName sync, String rules) {
        jdbc.sql("""
                        update sync set compared_by = :rules where name = :sync and (compared_by is null or compared_by <> :rules)
                        """).param("rules", rules).param("sync", sync.value()).update();
    }

    /**
     * The next done devices that need a drift check. Checked devices do not come back. An erased record says nothing of its
     * device.
     */
    @Transactional(readOnly = true)
    public List<Subject> next(SyncName sync) {
        return jdbc.sql(DeviceRows.SELECT + """
                         where d.sync = :sync and d.place = 'DONE' and d.compared = false and i.fingerprint <> :erased
                        order by d.sync, d.place, d.compared, d.verified_at, d.done_at, d.id fetch first :limit rows only
                        """)
                .param("sync", sync.value())
                .param("limit", Chunks.RECORDS)
                .param("erased", Inventory.ERASED)
                .query((row, number) -> {
                    Device device = new DeviceRows().mapRow(row, number);
                    return new Subject(
                            device,
                            Times.nullable(row, "enrolled_at"),
                            row.getString("management_id"),
                            row.getObject("verified_at") != null || row.getObject("iccid_gone_at") != null);
                })
                .list();
    }

    /** Records the results of drift checks of one sync. */
    public void compared(SyncName sync, long run, List<Compared> devices) {
        Map<Eid, Map<ReasonCode, String>> drift = new LinkedHashMap<>();
        List<Long> shown = new ArrayList<>();
        List<Long> notShown = new ArrayList<>();
        for (Compared compared : devices) {
            Device device = compared.subject().device();
            if (compared.subject().enrolledAt() == null && compared.subject().managementId() == null) {
                // the pushed enrolment was never recorded: take the current one
                facts.pushedTo(List.of(device));
            }
            drift.put(device.eid(), compared.comparison().drift());
            (compared.comparison().verified() ? shown : notShown).add(device.id());
        }
        drifts.replace(sync, run, drift);
        mark("verified_at = coalesce(verified_at, :now), iccid_gone_at = null", shown);
        mark(
                "iccid_gone_at = case when verified_at is null then iccid_gone_at else :now end, verified_at = null",
                notShown);
    }

    private void mark(String values, List<Long> ids) {
        if (!ids.isEmpty()) {
            jdbc.sql("update device set compared = true, " + values + " where id in (:ids)")
                    .param("now", Times.of(clock.instant()))
                    .param("ids", ids)
                    .update();
        }
    }

    /** Deletes the drift of devices that are no longer done. They are checked again once they are done. */
    public void forgetUndone(SyncName sync) {
        drifts.forgetUndone(sync);
    }
}
