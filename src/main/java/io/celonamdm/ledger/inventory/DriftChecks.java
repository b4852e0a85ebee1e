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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
     * @param compared whether its record was checked already, by whatever rules
     * @param verified whether it showed its eSIM in the last check
     * @param gone whether it has ceased to show it
     */
    public record Subject(
            Device device,
            @Nullable Instant enrolledAt,
            @Nullable String managementId,
            boolean compared,
            boolean verified,
            boolean gone) {
        /** Whether it has shown its eSIM since the push. */
        public boolean verifiedBefore() {
            return verified || gone;
        }
    }

    /** A checked device with its result. */
    public record Compared(Subject subject, Comparison comparison) {
        private boolean changesNothing() {
            return subject.compared
                    && subject.verified == comparison.verified()
                    && !(subject.gone && comparison.verified());
        }
    }

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
     * The EID up to which all devices of the sync were checked by these rules; empty if all of them were. A check by other
     * rules that was not finished has left some devices checked by those, so every one is checked again.
     *
     * @param rules a text of at most 64 characters that is the same for equal rules
     */
    @Transactional(readOnly = true)
    public Optional<String> reached(SyncName sync, String rules) {
        return jdbc.sql("select compared_by, comparing_by, compared_to from sync where name = :sync")
                .param("sync", sync.value())
                .query((row, number) -> {
                    String by = row.getString("comparing_by");
                    if (rules.equals(by)) {
                        return Optional.of(row.getString("compared_to"));
                    }
                    return by == null && rules.equals(row.getString("compared_by"))
                            ? Optional.<String>empty()
                            : Optional.of("");
                })
                .optional()
                .orElse(Optional.of(""));
    }

    /** Records how far the devices of the sync have been checked by these rules. */
    public void reached(SyncName sync, String rules, Eid last) {
        jdbc.sql("update sync set comparing_by = :rules, compared_to = :last where name = :sync")
                .param("rules", rules)
                .param("last", last.value())
                .param("sync", sync.value())
                .update();
    }

    /** Records that all devices were checked by these rules. */
    public void comparedBy(SyncName sync, String rules) {
        jdbc.sql("""
                        update sync set compared_by = :rules, comparing_by = null, compared_to = null
                        where name = :sync and (compared_by is null or compared_by <> :rules or comparing_by is not null)
                        """).param("rules", rules).param("sync", sync.value()).update();
    }

    /**
     * The next done devices that need a drift check whatever the rules. Checked devices do not come back. An erased record
     * says nothing of its device.
     */
    @Transactional(readOnly = true)
    public List<Subject> next(SyncName sync) {
        return select("""
                        d.place = 'DONE' and d.compared = false
                        order by d.sync, d.place, d.compared, d.verified_at, d.done_at, d.id
                        """, sync, "");
    }

    /** The next done devices after an EID that need a drift check by other rules only. */
    @Transactional(readOnly = true)
    public List<Subject> after(SyncName sync, String eid) {
        return select("d.eid > :after and d.place = 'DONE' and d.compared order by d.sync, d.eid", sync, eid);
    }

    private List<Subject> select(String which, SyncName sync, String after) {
        return jdbc.sql(DeviceRows.SELECT + " where d.sync = :sync and i.fingerprint <> :erased and " + which
                        + " fetch first :limit rows only")
                .param("sync", sync.value())
                .param("after", after)
                .param("limit", Chunks.RECORDS)
                .param("erased", Inventory.ERASED)
                .query(DriftChecks::subject)
                .list();
    }

    private static Subject subject(ResultSet row, int number) throws SQLException {
        return new Subject(
                new DeviceRows().mapRow(row, number),
                Times.nullable(row, "enrolled_at"),
                row.getString("management_id"),
                row.getBoolean("compared"),
                row.getObject("verified_at") != null,
                row.getObject("iccid_gone_at") != null);
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
            if (compared.changesNothing()) {
                continue;
            }
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
