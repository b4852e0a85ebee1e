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
 * Changes of where a device stands that are no step of its way. Each that a person asks for is made to a device as it was
 * seen: it returns false, and has changed nothing, if the device has moved on since.
 */
@Repository
@Transactional
public class DeviceChanges {
    /** The device goes once more from PUSH, as if nothing had been pushed before; its eSIM stays. */
    private static final String AGAIN = """
            step = 'PUSH', place = 'WAITING', due_at = :now, attempts = 0, waits_for_device = false,
                journal_id = null, code = null, reason = null, push_reference = null, push_result = null, op_code = null,
                commanded_at = null, repeats = 0, pushed_mdm_id = null, pushed_at = null, deadline_at = null, enrolled_at = null, management_id = null, verified_at = null,
                iccid_gone_at = null, warning = null, confirmed_at = null
            """;

    private final JdbcClient jdbc;
    private final Audit audit;
    private final DeadLetters deadLetters;
    private final Clock clock;

    DeviceChanges(JdbcClient jdbc, Audit audit, DeadLetters deadLetters, Clock clock) {
        this.jdbc = jdbc;
        this.deadLetters = deadLetters;
        this.audit = audit;
        this.clock = clock;
    }

    /** Makes the step of a device due now. */
    public boolean makeDue(DeviceState seen) {
        return change(seen, "due_at = :now");
    }

    /** Has a device's eSIM pushed once more. */
    public boolean push(DeviceState seen) {
        return change(seen, AGAIN);
    }

    /**
     * The eSIM is on the device, which goes on at once: at ACTIVATE if something is left to be done at Celona.
     *
     * @param op what the sync's activations do
     * @param deadline until when an activation is tried
     */
    public boolean confirm(DeviceState seen, OpCode op, Instant deadline) {
        boolean confirmed = change(
                seen,
                """
                        place = 'WAITING', due_at = :now, attempts = 0, waits_for_device = false, code = null,
                            reason = null, journal_id = null, push_reference = null, confirmed_at = :now,
                            deadline_at = :deadline,\s""" + "step = case when " + DeviceConditions.isActive(op) + " then 'CONFIRM' else 'ACTIVATE' end",
                Map.of("deadline", Times.of(deadline)));
        if (confirmed) {
            deadLetters.over(seen.id());
        }
        return confirmed;
    }

    /** Holds a device back until it is released. */
    public boolean hold(DeviceState seen, String reason) {
        return change(
                seen,
                "place = 'HELD', due_at = null, code = 'HELD_BY_OPERATOR', reason = :reason",
                Map.of("reason", Text.cut(reason, Text.REASON)));
    }

    /** Lets a device that was held back go on at its step. */
    public boolean release(DeviceState seen) {
        return change(seen, "place = 'WAITING', due_at = :now, code = null, reason = null");
    }

    /** Lets a device that was retired start over: the next plan takes it as a new one. */
    public boolean startOver(DeviceState seen) {
        return change(seen, """
                        step = 'ASSIGN', place = 'HELD', code = 'RELEASED', created_at = :now,
                            reason = 'released after it was retired; the next plan takes it as a new device',
                            name = null, device_group = null, enrolled_at = null, management_id = null,
                            assigned_at = null, pushed_at = null, activated_at = null, grouped_at = null, done_at = null,
                            refused_at = null, warning = null, confirmed_at = null
                        """);
    }

    /**
     * Retires a device, whose eSIM a person has deactivated at Celona and deleted on the device: the ICCID and the EID
     * are free, and nothing is done for the device any more.
     */
    public boolean retire(DeviceState seen) {
        boolean retired = change(seen, """
                        step = 'RETIRED', place = 'RETIRED', owned_eid = null, iccid = null, given_iccid = null,
                            due_at = null, attempts = 0, waits_for_device = false, journal_id = null, code = null, reason = null,
                            request_id = null, smdp_host = null, push_reference = null, push_result = null, op_code = null,
                            deadline_at = null, verified_at = null, iccid_gone_at = null
                        """);
        if (retired) {
            for (String sql : List.of(
                    "update dead_letter set open_device = null where open_device = :id",
                    "delete from follow_up where device_id = :id",
                    "delete from drift where sync = :sync and eid = :eid")) {
                jdbc.sql(sql)
                        .param("id", seen.id())
                        .param("sync", seen.sync())
                        .param("eid", seen.eid())
                        .update();
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
            jdbc.sql("update device set " + AGAIN + reEnrolled)
                    .param("sync", sync)
                    .param("code", ReasonCode.RE_ENROLLED.name())
                    .param("now", Times.of(clock.instant()))
                    .update();
        }
        eids.forEach(eid ->
                audit.note(Audit.CONNECTOR, sync, eid, "push", ReasonCode.RE_ENROLLED.name(), "on-re-enrol is push"));
        return eids;
    }

    private boolean change(DeviceState seen, String columns) {
        return change(seen, columns, Map.of());
    }

    /** The device must be as it was seen in all that decides whether an action is possible. */
    private boolean change(DeviceState seen, String columns, Map<String, ?> params) {
        ReasonCode code = seen.code();
        return jdbc.sql("update device set " + columns + """
                                 where id = :id and sync = :sync and place = :seenPlace and step = :seenStep
                                    and code is not distinct from :seenCode and iccid is not distinct from :seenIccid
                                    and smdp_host is not distinct from :seenHost
                                """)
                        .params(params)
                        .param("now", Times.of(clock.instant()))
                        .param("id", seen.id())
                        .param("sync", seen.sync())
                        .param("seenPlace", seen.place().name())
                        .param("seenStep", seen.step().name())
                        .param("seenCode", code == null ? null : code.name())
                        .param("seenIccid", seen.iccid())
                        .param("seenHost", seen.smdpHost())
                        .update()
                == 1;
    }
}
