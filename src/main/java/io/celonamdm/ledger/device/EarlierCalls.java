package io.celonamdm.ledger.device;

import io.celonamdm.celona.OpCode;
import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.Step;
import io.celonamdm.esim.SyncName;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Finds earlier calls in the journal. */
@Repository
@Transactional(readOnly = true)
public class EarlierCalls {
    private final JdbcClient jdbc;

    EarlierCalls(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The ICCIDs of an entry that an earlier one activated on a device of this entry. */
    public Set<Iccid> activatedBefore(long entry) {
        return onSameDevice(entry, "d.activated");
    }

    /**
     * The ICCIDs of an entry that an earlier one without an answer may have activated on a device of this entry. If the
     * entries before it were refused, a refusal after it only says the same again.
     */
    public Set<Iccid> maybeActivatedBefore(long entry) {
        return onSameDevice(entry, """
                j.state = 'IN_DOUBT'
                and not exists (select 1 from journal_device r join journal k on k.id = r.journal_id
                    where r.device_id = d.device_id and r.iccid = d.iccid and not r.activated and k.id < j.id
                    and k.step = 'ACTIVATE' and k.op_code <> 'DG_ASSIGN' and k.state = 'ANSWERED')
                """);
    }

    private Set<Iccid> onSameDevice(long entry, String condition) {
        // a freed ICCID was deactivated, and says nothing about the device that has it now
        return jdbc.sql("""
                        select distinct d.iccid from journal_device d join journal j on j.id = d.journal_id
                        where d.iccid in (select iccid from journal_device where journal_id = :entry)
                            and j.id < :entry and j.step = 'ACTIVATE' and j.op_code <> 'DG_ASSIGN'
                            and exists (select 1 from journal_device m where m.journal_id = :entry and m.device_id = d.device_id)
                            and j.intended_at >= (select v.created_at from device v where v.id = d.device_id)
                            and\s""" + condition)
                .param("entry", entry)
                .query((row, number) -> Iccid.of(row.getString("iccid")))
                .set();
    }

    /** The devices of an entry whose ICCID an earlier one put into the same group, or may have, for any device. */
    public Set<Long> groupedBefore(long entry) {
        return jdbc.sql("""
                        select distinct m.device_id from journal_device m
                        join journal_device d on d.iccid = m.iccid and d.device_group = m.device_group
                        join journal j on j.id = d.journal_id
                        where m.journal_id = :entry and j.id < :entry and j.step = 'ACTIVATE' and j.op_code <> 'ACTIVATE'
                            and (d.grouped or j.state = 'IN_DOUBT')
                        """).param("entry", entry).query(Long.class).set();
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
