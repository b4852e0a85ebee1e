package io.celonamdm.ledger;

import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.esim.Step;
import io.celonamdm.json.Json;
import io.celonamdm.platform.MdmDevice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Devices whose assignment nobody knows the outcome of, by the journal entry of the call that was sent for them. */
@Repository
@Transactional
public class InDoubt {
    private static final String SELECT = """
            select d.*, j.id as entry, j.intended_at, i.record from device d
            join journal j on j.id = (select max(x.journal_id) from journal_device x
                join journal a on a.id = x.journal_id where x.device_id = d.id and a.step = 'ASSIGN')
            join inventory i on i.sync = d.sync and i.eid = d.eid
            where d.sync = :sync and d.place = 'IN_DOUBT'
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    InDoubt(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * A device in doubt.
     *
     * @param entry the journal entry of its assign-eid
     * @param sentAt when that call was about to be sent
     * @param id the ledger's id of the device
     * @param eid the eSIM chip
     * @param name the name that was sent
     * @param step the step at which it came into doubt
     * @param code why it is in doubt
     * @param reason the same in words
     * @param requestId Celona's id of the assignment, if one was answered
     * @param mdm its inventory record of the latest complete pull
     */
    public record Doubtful(
            long entry,
            Instant sentAt,
            long id,
            String eid,
            @Nullable String name,
            Step step,
            ReasonCode code,
            String reason,
            @Nullable String requestId,
            MdmDevice mdm) {}

    /** All devices of a sync that are in doubt, by journal entry. */
    @Transactional(readOnly = true)
    public List<Doubtful> list(String sync) {
        return jdbc.sql(SELECT + " order by j.id, d.eid")
                .param("sync", sync)
                .query(InDoubt::map)
                .list();
    }

    /** The devices of a sync that are in doubt because of one journal entry. */
    @Transactional(readOnly = true)
    public List<Doubtful> of(String sync, long entry) {
        return jdbc.sql(SELECT + " and j.id = :entry order by d.eid")
                .param("sync", sync)
                .param("entry", entry)
                .query(InDoubt::map)
                .list();
    }

    /** The SM-DP+ address that Celona named last for a customer. */
    @Transactional(readOnly = true)
    public Optional<SmdpAddress> knownAddress(String customerId) {
        return jdbc.sql("""
                        select smdp_host from device where customer_id = :customer and smdp_host is not null
                        order by assigned_at desc nulls last fetch first 1 row only
                        """)
                .param("customer", customerId)
                .query(String.class)
                .optional()
                .map(SmdpAddress::of);
    }

    /**
     * Whether the eSIM cannot be the one that the call in doubt assigned: another device has it, or must get it, or this
     * one had it before the call. A Luhn digit more or less is the same eSIM.
     */
    @Transactional(readOnly = true)
    public boolean isAnotherEsim(Iccid iccid, Doubtful device) {
        return jdbc.sql("""
                                select count(*) from device where id <> :id and (
                                    iccid in (:iccid, :shorter) or iccid like :longer
                                    or given_iccid in (:iccid, :shorter) or given_iccid like :longer)
                                or id = :id and exists (select 1 from journal_device x join journal j on j.id = x.journal_id
                                    where x.device_id = :id and j.id < :entry and j.step <> 'ASSIGN'
                                    and (x.iccid in (:iccid, :shorter) or x.iccid like :longer))
                                """)
                        .param("id", device.id())
                        .param("entry", device.entry())
                        .param("iccid", iccid.value())
                        .param(
                                "shorter",
                                iccid.value().substring(0, iccid.value().length() - 1))
                        .param("longer", iccid.value() + "_")
                        .query(Long.class)
                        .single()
                > 0;
    }

    /**
     * Ends the doubt about a device, whose step is due now; whoever comes second changes nothing.
     *
     * @param requestId Celona's id of the assignment; null if there is none (any more)
     * @param iccid the eSIM that it has; null if that is not known
     * @param smdp where it downloads its eSIM; null leaves what is known
     * @param deadline until when the step is tried; null leaves it to the step
     */
    public boolean decide(
            Doubtful device,
            Step step,
            @Nullable String requestId,
            @Nullable Iccid iccid,
            @Nullable SmdpAddress smdp,
            @Nullable Instant deadline) {
        return jdbc.sql("""
                                update device set place = 'WAITING', step = :step, due_at = :now, attempts = 0,
                                    journal_id = null, code = null, reason = null, request_id = :request,
                                    iccid = coalesce(:iccid, iccid),
                                    assigned_at = case when :assigned then :now else assigned_at end,
                                    smdp_host = coalesce(:smdp, smdp_host), deadline_at = :deadline
                                where id = :id and place = 'IN_DOUBT'
                                """)
                        .param("step", step.name())
                        .param("now", Times.of(clock.instant()))
                        .param("request", requestId)
                        .param("iccid", iccid == null ? null : iccid.value())
                        .param("assigned", iccid != null)
                        .param("smdp", smdp == null ? null : smdp.host())
                        .param("deadline", Times.ofNullable(deadline))
                        .param("id", device.id())
                        .update()
                == 1;
    }

    /** A person has decided: the latest run may assign again, once no call that was made since it opened is in doubt. */
    public void allowAssigning(String sync) {
        jdbc.sql("""
                        update run set assign_stopped = false where sync = :sync and assign_stopped
                            and id = (select max(r.id) from run r where r.sync = :sync)
                            and not exists (select 1 from device d join journal_device x on x.device_id = d.id
                                join journal j on j.id = x.journal_id
                                where d.sync = :sync and d.place = 'IN_DOUBT' and j.step = 'ASSIGN'
                                and j.intended_at >= run.opened_at)
                        """).param("sync", sync).update();
    }

    private static Doubtful map(ResultSet row, int number) throws SQLException {
        return new Doubtful(
                row.getLong("entry"),
                Times.required(row, "intended_at"),
                row.getLong("id"),
                row.getString("eid"),
                row.getString("name"),
                Step.valueOf(row.getString("step")),
                ReasonCode.valueOf(row.getString("code")),
                row.getString("reason"),
                row.getString("request_id"),
                Json.read(row.getString("record"), MdmDevice.class));
    }
}
