package io.celonamdm.ledger;

import io.celonamdm.celona.OpCode;
import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.Step;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The write-ahead record of calls that are not idempotent: an entry is committed before the call, its answer after it.
 * An entry leaves the state INTENDED once, by whoever comes first.
 */
@Repository
@Transactional
public class Journal {
    private final JdbcClient jdbc;
    private final Clock clock;

    Journal(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * What goes out for one device.
     *
     * @param device the device
     * @param name its name, if the call carries one
     * @param group its group, if the call carries one
     */
    public record Line(
            Device device, @Nullable String name, @Nullable String group) {}

    /**
     * Records that a call is about to be made for devices in flight.
     *
     * @return the entry's id
     */
    public long intend(String sync, @Nullable Long run, Step step, @Nullable OpCode op, List<Line> lines) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into journal (sync, run_id, step, op_code, state, intended_at)
                        values (:sync, :run, :step, :op, 'INTENDED', :now)
                        """)
                .param("sync", sync)
                .param("run", run)
                .param("step", step.name())
                .param("op", op == null ? null : op.name())
                .param("now", Times.of(clock.instant()))
                .update(key, "id");
        long entry = java.util.Objects.requireNonNull(key.getKey()).longValue();
        for (Line line : lines) {
            Iccid iccid = line.device().iccid() == null
                    ? line.device().givenIccid()
                    : line.device().iccid();
            jdbc.sql("""
                            insert into journal_device (journal_id, device_id, eid, iccid, name, device_group)
                            values (:entry, :device, :eid, :iccid, :name, :group)
                            """)
                    .param("entry", entry)
                    .param("device", line.device().id())
                    .param("eid", line.device().eid().value())
                    .param("iccid", iccid == null ? null : iccid.value())
                    .param("name", line.name())
                    .param("group", line.group())
                    .update();
        }
        jdbc.sql("update device set journal_id = :entry where id in (:ids)")
                .param("entry", entry)
                .param("ids", lines.stream().map(line -> line.device().id()).toList())
                .update();
        return entry;
    }

    /**
     * Records the answer to a call. One that comes when the entry has been settled is kept beside it.
     *
     * @return false if the entry was decided before, so that the answer changes nothing
     */
    public boolean answered(long entry, @Nullable String requestId, @Nullable String serverUrl, String answer) {
        boolean first = leave(entry, "ANSWERED", requestId, serverUrl, answer);
        if (!first) {
            jdbc.sql("update journal set late_at = :now, late_answer = :answer where id = :entry and late_at is null")
                    .param("now", Times.of(clock.instant()))
                    .param("answer", Text.cut(answer, 8000))
                    .param("entry", entry)
                    .update();
        }
        return first;
    }

    /** Records that the call never left this process. */
    public boolean notSent(long entry, String why) {
        return leave(entry, "NOT_SENT", null, null, why);
    }

    /** Records that nobody knows whether the call was processed. */
    public boolean inDoubt(long entry, String why) {
        return leave(entry, "IN_DOUBT", null, null, why);
    }

    private boolean leave(
            long entry, String state, @Nullable String requestId, @Nullable String serverUrl, String answer) {
        return jdbc.sql("""
                                update journal set state = :state, answered_at = :now, request_id = :request,
                                    server_url = :url, answer = :answer
                                where id = :entry and state = 'INTENDED'
                                """)
                        .param("state", state)
                        .param("now", Times.of(clock.instant()))
                        .param("request", requestId)
                        .param("url", serverUrl)
                        .param("answer", Text.cut(answer, 8000))
                        .param("entry", entry)
                        .update()
                == 1;
    }

    /** Records what an answered activation reached for one device. */
    public void reached(long entry, long device, boolean activated, boolean grouped) {
        jdbc.sql("""
                        update journal_device set activated = :activated, grouped = :grouped
                        where journal_id = :entry and device_id = :device
                        """)
                .param("activated", activated)
                .param("grouped", grouped)
                .param("entry", entry)
                .param("device", device)
                .update();
    }

    /** Whether an earlier entry than this one activated the ICCID on the same device, or may have. */
    public boolean activatedBefore(long entry, Iccid iccid) {
        // an ICCID that was freed was deactivated, and tells nothing of the device that has it now
        return exists("""
                and d.iccid = :iccid and j.op_code <> 'DG_ASSIGN' and (d.activated or j.state = 'IN_DOUBT')
                and d.device_id in (select m.device_id from journal_device m where m.journal_id = :entry)
                and j.intended_at >= (select v.created_at from device v where v.id = d.device_id)
                """, entry, iccid, "");
    }

    /** Whether an earlier entry than this one put the ICCID into the group, or may have, for whichever device. */
    public boolean groupedBefore(long entry, Iccid iccid, String group) {
        return exists("""
                and d.iccid = :iccid and j.op_code <> 'ACTIVATE' and d.device_group = :group
                and (d.grouped or j.state = 'IN_DOUBT')
                """, entry, iccid, group);
    }

    private boolean exists(String condition, long entry, Iccid iccid, String group) {
        return jdbc.sql("select count(*) from journal_device d join journal j on j.id = d.journal_id"
                                + " where j.id < :entry and j.step = 'ACTIVATE' " + condition)
                        .param("entry", entry)
                        .param("iccid", iccid.value())
                        .param("group", group)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Whether the sync has had an answer to this op code. */
    public boolean hasUsed(String sync, OpCode op) {
        return jdbc.sql("""
                                select count(*) from (select 1 from journal where sync = :sync and step = 'ACTIVATE'
                                    and op_code = :op and state = 'ANSWERED' fetch first 1 row only) used
                                """)
                        .param("sync", sync)
                        .param("op", op.name())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Whether the run has had an answer to an assign-eid call. */
    public boolean hasAssigned(@Nullable Long run) {
        return run != null
                && jdbc.sql(
                                        "select count(*) from journal where run_id = :run and step = 'ASSIGN' and state = 'ANSWERED'")
                                .param("run", run)
                                .query(Long.class)
                                .single()
                        > 0;
    }
}
