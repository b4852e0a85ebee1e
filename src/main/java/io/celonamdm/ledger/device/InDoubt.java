package io.celonamdm.ledger.device;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.esim.Step;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Rows;
import io.celonamdm.ledger.database.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Devices whose assignment has an unknown outcome, with the journal entry of their call. */
@Repository
@Transactional
public class InDoubt {
    // each uses the index on place: nearly all devices of a large fleet are in other places
    private static final String OPEN_ONES = "select id from device where sync = :sync and " + DeviceConditions.IN_DOUBT
            + " union all select id from device where sync = :sync and " + DeviceConditions.BEING_PROBED;
    private static final String OPEN_ONES_OF_ENTRY =
            "select id from device where id in (select device_id from journal_device where"
                    + " journal_id = :entry) and " + DeviceConditions.inDoubt(false);
    private static final String GIVEN_UP_ONES =
            "select id from device where sync = :sync and " + DeviceConditions.GIVEN_UP;
    private static final String SELECT = """
            select d.*, j.id as entry, j.intended_at, i.record from (%s) ones join device d on d.id = ones.id
            join journal j on j.id = (select max(x.journal_id) from journal_device x
                join journal a on a.id = x.journal_id where x.device_id = d.id and a.step = 'ASSIGN')
            join inventory i on i.sync = d.sync and i.eid = d.eid
            """;

    private final JdbcClient jdbc;
    private final DeviceTransitions transitions;

    InDoubt(JdbcClient jdbc, DeviceTransitions transitions) {
        this.jdbc = jdbc;
        this.transitions = transitions;
    }

    /**
     * A device in doubt.
     *
     * @param entry the journal entry of its assign-eid
     * @param sentAt when that call was about to be sent
     * @param sync the sync that has the device now; the call may have been that of another one
     * @param id the ledger's id of the device
     * @param eid the eSIM chip
     * @param name the name that was sent
     * @param step the step at which it came into doubt
     * @param code why it is in doubt
     * @param reason the same in words
     * @param requestId Celona's id of the assignment, if Celona answered with one
     * @param smdp where it downloads its eSIM, if that is known
     * @param probedAt when it was told to fetch an eSIM; null if it was not
     * @param inventories how many complete inventories have shown the device since
     * @param mdm its inventory record of the latest complete pull
     */
    public record Doubtful(
            long entry,
            Instant sentAt,
            SyncName sync,
            long id,
            Eid eid,
            @Nullable String name,
            Step step,
            ReasonCode code,
            String reason,
            @Nullable String requestId,
            @Nullable SmdpAddress smdp,
            @Nullable Instant probedAt,
            int inventories,
            MdmDevice mdm) {}

    /**
     * Puts devices in doubt whose assign-eid has an unknown outcome; the sync's latest run sends no further one. Runs that
     * only plan do not count.
     */
    public void begin(SyncName sync, Collection<Long> ids, String reason) {
        transitions.putInDoubt(ids, ReasonCode.ASSIGN_IN_DOUBT, reason);
        jdbc.sql("""
                        update run set assign_stopped = true
                        where id = (select max(l.id) from run l where l.sync = :sync and not l.plan_only)
                        """).param("sync", sync.value()).update();
    }

    /** All devices of a sync that are in doubt, by journal entry. */
    @Transactional(readOnly = true)
    public List<Doubtful> list(SyncName sync) {
        return read(
                jdbc.sql(SELECT.formatted(OPEN_ONES) + " order by j.id, d.eid").param("sync", sync.value()));
    }

    /** The devices of a sync that are in doubt because of one journal entry. */
    @Transactional(readOnly = true)
    public List<Doubtful> of(SyncName sync, long entry) {
        return of(entry).stream().filter(device -> device.sync().equals(sync)).toList();
    }

    /** The devices that are in doubt because of one journal entry, also those that other syncs have taken over since. */
    @Transactional(readOnly = true)
    public List<Doubtful> of(long entry) {
        return read(jdbc.sql(SELECT.formatted(OPEN_ONES_OF_ENTRY) + " where j.id = :entry order by d.eid")
                .param("entry", entry));
    }

    /** The devices of a sync that a person has given up, by journal entry. */
    @Transactional(readOnly = true)
    public List<Doubtful> givenUp(SyncName sync) {
        return read(jdbc.sql(SELECT.formatted(GIVEN_UP_ONES) + " order by j.id, d.eid")
                .param("sync", sync.value()));
    }

    /**
     * Ends the doubt about a device, even one that a person gave up, and makes its step due now. Only the first caller
     * has an effect.
     *
     * @param requestId Celona's id of the assignment; null if it has none, or no longer has one
     * @param iccid the eSIM that it has; null if that is not known
     * @param smdp where it downloads its eSIM; null keeps the known one
     * @param deadline until when the step is tried; null leaves it to the step
     */
    public boolean decide(
            Doubtful device,
            Step step,
            @Nullable String requestId,
            @Nullable Iccid iccid,
            @Nullable SmdpAddress smdp,
            @Nullable Instant deadline) {
        return transitions.endDoubt(
                // as it was seen: a decision that a person has made since stays
                device.id(), isGivenUp(device), step, requestId, iccid, smdp, deadline);
    }

    /** Whether the device is still in doubt, as it was seen. It is locked until the transaction ends. */
    public boolean isStill(Doubtful device) {
        return jdbc.sql("select id from device where id = :id and " + DeviceConditions.inDoubt(isGivenUp(device))
                        + " for update")
                .param("id", device.id())
                .query(Long.class)
                .optional()
                .isPresent();
    }

    private static boolean isGivenUp(Doubtful device) {
        return device.code() == ReasonCode.GIVEN_UP;
    }

    /** Lets the latest run assign again after a person's decision, once no call since it opened is in doubt. */
    public void allowAssigning(SyncName sync) {
        jdbc.sql("""
                        update run set assign_stopped = false where sync = :sync and assign_stopped
                            and id = (select max(r.id) from run r where r.sync = :sync and not r.plan_only)
                            and not exists (select 1 from device d join journal_device x on x.device_id = d.id
                                join journal j on j.id = x.journal_id
                                where d.sync = :sync and (d.place = 'IN_DOUBT' or d.step = 'PUSH' and d.iccid is null)
                                and j.step = 'ASSIGN' and j.intended_at >= run.opened_at)
                        """).param("sync", sync.value()).update();
    }

    /** Reads all but those that contradict themselves; the lists of devices show these, and what to do. */
    private static List<Doubtful> read(StatementSpec select) {
        List<Doubtful> devices = new ArrayList<>();
        select.query(row -> {
            if (!Rows.contradictsItself(row)) {
                devices.add(map(row));
            }
        });
        return devices;
    }

    private static Doubtful map(ResultSet row) throws SQLException {
        String code = row.getString("code");
        String reason = row.getString("reason");
        String smdp = row.getString("smdp_host");
        return new Doubtful(
                row.getLong("entry"),
                Times.required(row, "intended_at"),
                Rows.sync(row),
                row.getLong("id"),
                Rows.eid(row),
                row.getString("name"),
                Rows.step(row),
                code == null ? ReasonCode.ASSIGN_IN_DOUBT : Rows.code(code),
                reason == null ? "it is being told to fetch an eSIM" : reason,
                row.getString("request_id"),
                smdp == null ? null : SmdpAddress.of(smdp),
                Times.nullable(row, "probed_at"),
                row.getInt("inventories"),
                Rows.mdm(row));
    }
}
