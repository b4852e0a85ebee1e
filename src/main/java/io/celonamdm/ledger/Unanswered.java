package io.celonamdm.ledger;

import io.celonamdm.esim.Step;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Devices of which an answer, or the commit of one, did not come. */
@Repository
@Transactional(readOnly = true)
public class Unanswered {
    private final JdbcClient jdbc;
    private final Clock clock;

    Unanswered(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Those of the devices whose latest push that was decided before was never answered. */
    public Set<Long> pushes(Collection<Long> devices) {
        return new HashSet<>(
                jdbc.sql("""
                        select d.device_id from journal_device d join journal j on j.id = d.journal_id
                        where d.device_id in (:ids) and j.step = 'PUSH' and j.state in ('IN_DOUBT', 'ANSWERED', 'REFUSED')
                        group by d.device_id
                        having max(case when j.state = 'IN_DOUBT' then j.id else 0 end)
                            > max(case when j.state <> 'IN_DOUBT' then j.id else 0 end)
                        """).param("ids", devices).query(Long.class).list());
    }

    /** Whether one of the devices is still in flight at a step; if not, what was to move them on has been committed. */
    public boolean anyInFlight(Collection<Long> devices, Step step) {
        return jdbc.sql("select count(*) from device where id in (:ids) and place = 'IN_FLIGHT' and step = :step")
                        .param("ids", devices)
                        .param("step", step.name())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Records in the journal that the calls intended for devices in flight were never made. */
    @Transactional
    public void neverMade(Collection<Long> devices, String why) {
        jdbc.sql("""
                        update journal set state = 'NOT_SENT', answered_at = :now, answer = :why
                        where state = 'INTENDED' and id in (select journal_id from device where id in (:ids))
                        """)
                .param("now", Times.of(clock.instant()))
                .param("why", Text.cut(why, 8000))
                .param("ids", devices)
                .update();
    }
}
