package io.celonamdm.ledger;

import io.celonamdm.celona.OpCode;
import io.celonamdm.esim.ReasonCode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Changes of where one device stands that a person asks for. Each is made only if the device still stands where it may
 * be made, and is audited; each returns whether it was made.
 */
@Repository
@Transactional
public class DeviceControl {
    /** The device goes once more from PUSH, as if nothing had been pushed before; its eSIM stays. */
    private static final String AGAIN = """
            update device set step = 'PUSH', place = 'WAITING', due_at = :now, attempts = 0, waits_for_device = false,
                journal_id = null, code = null, reason = null, push_reference = null, push_result = null, op_code = null,
                commanded_at = null, repeats = 0, pushed_mdm_id = null, pushed_at = null, deadline_at = null, enrolled_at = null, management_id = null, verified_at = null,
                iccid_gone_at = null, warning = null, confirmed_at = null
            """;

    private final JdbcClient jdbc;
    private final Audit audit;
    private final DeadLetters deadLetters;
    private final Clock clock;

    DeviceControl(JdbcClient jdbc, Audit audit, DeadLetters deadLetters, Clock clock) {
        this.jdbc = jdbc;
        this.deadLetters = deadLetters;
        this.audit = audit;
        this.clock = clock;
    }

    /** Makes the step of a device that waits due now. */
    public boolean makeDue(String sync, String eid, String reason) {
        return change("sync", sync, eid, reason, "", "update device set due_at = :now", "place = 'WAITING'");
    }

    /** Has the eSIM of a device that is done, or on its way since its push, pushed once more. */
    public boolean push(String sync, String eid, String reason) {
        return change(
                "push",
                sync,
                eid,
                reason,
                "",
                AGAIN,
                "(place = 'DONE' or (place = 'WAITING' and step in ('PUSH', 'ACTIVATE', 'CONFIRM')))"
                        + " and iccid is not null and smdp_host is not null");
    }

    /**
     * A person has seen the eSIM on a device that is on its way: it goes on at once, at ACTIVATE if something is left to be
     * done at Celona.
     *
     * @param op what the sync's activations do
     * @param deadline until when an activation is tried
     */
    public boolean confirm(String sync, String eid, OpCode op, Instant deadline, String reason) {
        boolean confirmed = change(
                "confirm",
                sync,
                eid,
                reason,
                "",
                """
                        update device set place = 'WAITING', due_at = :now, attempts = 0, waits_for_device = false, code = null,
                            reason = null, journal_id = null, push_reference = null, confirmed_at = :now,
                            deadline_at = :deadline,\s""" + "step = case when " + DeviceConditions.isActive(op) + " then 'CONFIRM' else 'ACTIVATE' end",
                "place in ('WAITING', 'DEAD') and step in ('PUSH', 'ACTIVATE', 'CONFIRM') and iccid is not null",
                Map.of("deadline", Times.of(deadline)));
        if (confirmed) {
            deadLetters.over(jdbc.sql("select id from device where sync = :sync and eid = :eid")
                    .param("sync", sync)
                    .param("eid", eid)
                    .query(Long.class)
                    .single());
        }
        return confirmed;
    }

    /** Holds a device back that waits, or that the connector holds back after it was admitted. */
    public boolean hold(String sync, String eid, String reason) {
        return change(
                "hold",
                sync,
                eid,
                reason,
                "",
                "update device set place = 'HELD', due_at = null, code = 'HELD_BY_OPERATOR', reason = :reason",
                "(place = 'WAITING' or (place = 'HELD' and owned_eid is not null and code <> 'HELD_BY_OPERATOR'))");
    }

    /** Lets a device go on that a person held back. */
    public boolean release(String sync, String eid, String reason) {
        return change(
                "release",
                sync,
                eid,
                reason,
                "",
                "update device set place = 'WAITING', due_at = :now, code = null, reason = null",
                "place = 'HELD' and code = 'HELD_BY_OPERATOR'");
    }

    /** Lets a device that was retired start over: the next plan takes it as a new one. */
    public boolean startOver(String sync, String eid, String reason) {
        return change("release", sync, eid, reason, "starts over as a new device", """
                        update device set step = 'ASSIGN', place = 'HELD', code = 'RELEASED', created_at = :now,
                            reason = 'released after it was retired; the next plan takes it as a new device',
                            name = null, device_group = null, enrolled_at = null, management_id = null,
                            assigned_at = null, pushed_at = null, activated_at = null, grouped_at = null, done_at = null,
                            refused_at = null, warning = null, confirmed_at = null
                        """, "place = 'RETIRED'");
    }

    /**
     * Retires a device, whose eSIM a person has deactivated at Celona and deleted on the device: the ICCID and the EID
     * are free, and nothing is done for the device any more.
     *
     * @param iccid the eSIM that is freed
     */
    public boolean retire(String sync, String eid, String iccid, String reason) {
        boolean retired = change(
                "retire",
                sync,
                eid,
                reason,
                "freed ICCID " + iccid,
                """
                        update device set step = 'RETIRED', place = 'RETIRED', owned_eid = null, iccid = null, given_iccid = null,
                            due_at = null, attempts = 0, waits_for_device = false, journal_id = null, code = null, reason = null,
                            request_id = null, smdp_host = null, push_reference = null, push_result = null, op_code = null,
                            deadline_at = null, verified_at = null, iccid_gone_at = null
                        """,
                "place in ('WAITING', 'HELD', 'DONE', 'DEAD') and iccid = :iccid",
                Map.of("iccid", iccid));
        if (retired) {
            String device = "(select id from device where sync = :sync and eid = :eid)";
            for (String sql : List.of(
                    "update dead_letter set open_device = null where open_device in " + device,
                    "delete from follow_up where device_id in " + device,
                    "delete from drift where sync = :sync and eid = :eid")) {
                jdbc.sql(sql).param("sync", sync).param("eid", eid).update();
            }
        }
        return retired;
    }

    /**
     * Has the eSIM pushed once more to each device that is done and was enrolled anew.
     *
     * @return the EIDs
     */
    public List<String> pushReEnrolled(String sync) {
        String reEnrolled = " where sync = :sync and place = 'DONE' and iccid is not null and smdp_host is not null"
                + " and eid in (select eid from drift where sync = :sync and code = :code)";
        List<String> eids = jdbc.sql("select eid from device" + reEnrolled)
                .param("sync", sync)
                .param("code", ReasonCode.RE_ENROLLED.name())
                .query(String.class)
                .list();
        if (!eids.isEmpty()) {
            jdbc.sql(AGAIN + reEnrolled)
                    .param("sync", sync)
                    .param("code", ReasonCode.RE_ENROLLED.name())
                    .param("now", Times.of(clock.instant()))
                    .update();
        }
        eids.forEach(eid ->
                audit.note(Audit.CONNECTOR, sync, eid, "push", ReasonCode.RE_ENROLLED.name(), "on-re-enrol is push"));
        return eids;
    }

    private boolean change(
            String action, String sync, String eid, String reason, String detail, String update, String where) {
        return change(action, sync, eid, reason, detail, update, where, Map.of());
    }

    private boolean change(
            String action,
            String sync,
            String eid,
            String reason,
            String detail,
            String update,
            String where,
            Map<String, ?> params) {
        int changed = jdbc.sql(update + " where sync = :sync and eid = :eid and " + where)
                .params(params)
                .param("now", Times.of(clock.instant()))
                .param("reason", Text.cut(reason, Text.REASON))
                .param("sync", sync)
                .param("eid", eid)
                .update();
        if (changed == 1) {
            audit.note(Audit.OPERATOR, sync, eid, action, reason, detail);
        }
        return changed == 1;
    }
}
