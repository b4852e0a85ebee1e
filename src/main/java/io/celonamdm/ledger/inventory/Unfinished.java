package io.celonamdm.ledger.inventory;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.Step;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Chunks;
import io.celonamdm.ledger.database.Rows;
import io.celonamdm.ledger.database.Times;
import io.celonamdm.ledger.device.DeviceConditions;
import io.celonamdm.ledger.device.DeviceRows;
import io.celonamdm.ledger.device.DeviceTransitions;
import io.celonamdm.plan.Enrolment;
import java.time.Clock;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Devices that are not done, but had an eSIM pushed, were told to fetch one, or could not be told. */
@Repository
@Transactional
public class Unfinished {
    /** Reasons that end with the enrolment whose command failed, could not be sent, or was never heard of. */
    private static final Set<ReasonCode> OF_ENROLMENT = EnumSet.of(
            ReasonCode.NOT_COMMANDABLE,
            ReasonCode.COMMAND_FAILED,
            ReasonCode.COMMAND_UNLISTED,
            ReasonCode.NOT_PROVISIONED,
            ReasonCode.NEVER_SEEN);

    private static final String PUSHED =
            "(pushed_at is not null and place in ('WAITING', 'HELD', 'DEAD') and " + DeviceConditions.ON_THE_WAY + ")";
    /** Their dead letters say of which enrolment; one whose redrive is due goes on anyway. */
    private static final String NEVER_TOLD = "pushed_at is null and place = 'DEAD' and step = 'PUSH' and exists ("
            + "select 1 from dead_letter l where l.open_device = device.id and l.redrive_at is null and l.code in "
            + DeviceConditions.in(OF_ENROLMENT) + ")";

    private static final String PROBED = "(probed_at is not null and place = 'IN_DOUBT')";

    private final JdbcClient jdbc;
    private final DeviceTransitions transitions;
    private final Clock clock;

    Unfinished(JdbcClient jdbc, DeviceTransitions transitions, Clock clock) {
        this.jdbc = jdbc;
        this.transitions = transitions;
        this.clock = clock;
    }

    /**
     * An unfinished device.
     *
     * @param id the ledger's id of the device
     * @param eid the eSIM chip
     * @param step its step
     * @param enrolment the enrolment that was pushed to, or for which the push failed
     * @param mdm its latest inventory record
     */
    public record Pushed(long id, Eid eid, Step step, Enrolment enrolment, MdmDevice mdm) {}

    /**
     * Unfinished devices of a sync in the latest complete pull. They come in chunks; each chunk can be changed before
     * the next is read.
     */
    @Transactional(readOnly = true)
    public Stream<List<Pushed>> shown(SyncName sync) {
        return Chunks.of(ids(sync), Chunks.RECORDS).map(this::shown);
    }

    private List<Long> ids(SyncName sync) {
        String of = "select id from device where sync = :sync and ";
        return jdbc.sql(of + PUSHED + " union all " + of + PROBED + " union all " + of + NEVER_TOLD)
                .param("sync", sync.value())
                .query(Long.class)
                .list();
    }

    private List<Pushed> shown(Collection<Long> ids) {
        Map<Long, Enrolment> failed = failed(ids);
        return jdbc.sql(DeviceRows.SELECT + " where d.id in (:ids) and i.present")
                .param("ids", ids)
                .query((row, number) -> {
                    Enrolment pushedTo = new Enrolment(
                            Times.nullable(row, "enrolled_at"),
                            row.getString("management_id"),
                            row.getString("pushed_mdm_id"));
                    long id = row.getLong("id");
                    return new Pushed(
                            id, Rows.eid(row), Rows.step(row), failed.getOrDefault(id, pushedTo), Rows.mdm(row));
                })
                .list();
    }

    /** The enrolments of devices that failed without a push. */
    private Map<Long, Enrolment> failed(Collection<Long> ids) {
        return jdbc
                .sql(
                        "select l.open_device, l.mdm_id, l.last_at from dead_letter l join device on device.id = l.open_device"
                                + " where device.id in (:ids) and pushed_at is null")
                .param("ids", ids)
                .query((row, number) -> Map.entry(
                        row.getLong("open_device"),
                        new Enrolment(Times.required(row, "last_at"), null, row.getString("mdm_id"))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * Forgets the commands of re-enrolled devices. They continue at PUSH: dead letters by a redrive that is due now if the
     * former enrolment was their reason, and others at rest once they are released. Those in doubt may be told again to
     * fetch an eSIM.
     */
    public void reEnrolled(Collection<Long> ids) {
        jdbc.sql("""
                        update journal_device set asked = true where device_id in (:ids) and journal_id in (
                            select j.id from journal j where j.step = 'PUSH' and j.state = 'IN_DOUBT')
                        """).param("ids", ids).update();
        jdbc.sql("update dead_letter set step = 'PUSH', redrive_at = case when code in "
                        + DeviceConditions.in(OF_ENROLMENT)
                        + " then :now else redrive_at end where open_device in (:ids)")
                .param("now", Times.of(clock.instant()))
                .param("ids", ids)
                .update();
        transitions.pushAfterEnrolment(ids);
        jdbc.sql("update device set probed_at = null, inventories = 0, enrolled_at = null, management_id = null,"
                        + " pushed_mdm_id = null, code = case when code <> 'PROBED_IN_VAIN' then code"
                        + " when request_id is null then 'ASSIGN_IN_DOUBT' else 'REQUEST_UNKNOWN' end"
                        + " where id in (:ids) and " + PROBED)
                .param("ids", ids)
                .update();
    }
}
