package io.celonamdm.ledger.device;

import io.celonamdm.celona.OpCode;
import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.Step;
import io.celonamdm.esim.SyncName;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Finds earlier calls in the journal. */
@Repository
@Transactional(readOnly = true)
public class EarlierCalls {
    // a freed ICCID was deactivated, and says nothing about the device that has it now
    private static final String SAME_DEVICE = """

            and d.iccid = :iccid and j.op_code <> 'DG_ASSIGN'
            and exists (select 1 from journal_device m where m.journal_id = :entry and m.device_id = d.device_id)
            and j.intended_at >= (select v.created_at from device v where v.id = d.device_id)
            """;

    private final JdbcClient jdbc;

    EarlierCalls(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether an earlier entry activated the ICCID on the same device. */
    public boolean activatedBefore(long entry, Iccid iccid) {
        return exists("and d.activated" + SAME_DEVICE, entry, iccid, "");
    }

    /**
     * Whether an earlier entry without an answer may have activated the ICCID on the same device. If the entries before
     * it were refused, a refusal after it only says the same again.
     */
    public boolean mayHaveActivated(long entry, Iccid iccid) {
        return exists("and j.state = 'IN_DOUBT'" + SAME_DEVICE + """
                and not exists (select 1 from journal_device r join journal k on k.id = r.journal_id
                    where r.device_id = d.device_id and r.iccid = d.iccid and not r.activated and k.id < j.id
                    and k.step = 'ACTIVATE' and k.op_code <> 'DG_ASSIGN' and k.state = 'ANSWERED')
                """, entry, iccid, "");
    }

    /** Whether an earlier entry put the ICCID into the group, or may have, for any device. */
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

    /** Whether the sync has had an answer to a call with this op code. */
    public boolean hasUsed(SyncName sync, OpCode op) {
        return jdbc.sql("""
                                select count(*) from (select 1 from journal where sync = :sync and step = 'ACTIVATE'
                                    and op_code = :op and state = 'ANSWERED' fetch first 1 row only) used
                                """)
                        .param("sync", sync.value())
                        .param("op", op.name())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Whether a call of the step was answered in the run. */
    public boolean hasAnswer(@Nullable Long run, Step step) {
        return run != null
                && jdbc.sql("""
                                        select count(*) from (select 1 from journal where run_id = :run and step = :step
                                            and state = 'ANSWERED' fetch first 1 row only) taken
                                        """)
                                .param("run", run)
                                .param("step", step.name())
                                .query(Long.class)
                                .single()
                        > 0;
    }

    /** Whether a call of the step was answered in the sync's latest run. */
    public boolean hasAnswerInLatestRun(SyncName sync, Step step) {
        Long latest = jdbc.sql("select max(id) from run where sync = :sync")
                .param("sync", sync.value())
                .query(Long.class)
                .optional()
                .orElse(null);
        return hasAnswer(latest, step);
    }
}
