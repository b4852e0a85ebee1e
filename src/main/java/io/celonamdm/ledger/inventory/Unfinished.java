package io.celonamdm.ledger.inventory;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Step;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Chunks;
import io.celonamdm.ledger.database.Rows;
import io.celonamdm.ledger.database.Times;
import io.celonamdm.ledger.device.DeviceConditions;
import io.celonamdm.ledger.device.DeviceRows;
import io.celonamdm.ledger.device.DeviceTransitions;
import io.celonamdm.plan.Enrolment;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Devices that are not done, but had an eSIM pushed or were told to fetch one. */
@Repository
@Transactional
public class Unfinished {
    private static final String PUSHED =
            "(pushed_at is not null and place in ('WAITING', 'HELD', 'DEAD') and " + DeviceConditions.ON_THE_WAY + ")";
    private static final String PROBED = "(probed_at is not null and place = 'IN_DOUBT')";

    private final JdbcClient jdbc;
    private final DeviceTransitions transitions;

    Unfinished(JdbcClient jdbc, DeviceTransitions transitions) {
        this.jdbc = jdbc;
        this.transitions = transitions;
    }

    /**
     * An unfinished device.
     *
     * @param id the ledger's id of the device
     * @param eid the eSIM chip
     * @param step its step
     * @param enrolment the enrolment that was pushed to
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
        return jdbc.sql(of + PUSHED + " union all " + of + PROBED)
                .param("sync", sync.value())
                .query(Long.class)
                .list();
    }

    private List<Pushed> shown(Collection<Long> ids) {
        return jdbc.sql(DeviceRows.SELECT + " where d.id in (:ids) and i.present")
                .param("ids", ids)
                .query((row, number) -> new Pushed(
                        row.getLong("id"),
                        Rows.eid(row),
                        Rows.step(row),
                        new Enrolment(
                                Times.nullable(row, "enrolled_at"),
                                row.getString("management_id"),
                                row.getString("pushed_mdm_id")),
                        Rows.mdm(row)))
                .list();
    }

    /**
     * Forgets the commands of re-enrolled devices. They continue at PUSH, those at rest once they are released. Those
     * in doubt may be told again to fetch an eSIM.
     */
    public void enrolledAnew(Collection<Long> ids) {
        jdbc.sql("""
                        update journal_device set asked = true where device_id in (:ids) and journal_id in (
                            select j.id from journal j where j.step = 'PUSH' and j.state = 'IN_DOUBT')
                        """).param("ids", ids).update();
        jdbc.sql(
                        "update dead_letter set step = 'PUSH' where open_device in (select id from device where id in (:ids) and "
                                + PUSHED + ")")
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
