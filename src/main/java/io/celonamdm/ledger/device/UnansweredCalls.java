package io.celonamdm.ledger.device;

import io.celonamdm.esim.Step;
import io.celonamdm.ledger.database.Text;
import io.celonamdm.ledger.database.Times;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Finds devices whose answer, or its commit, did not come. */
@Repository
@Transactional(readOnly = true)
public class UnansweredCalls {
    private final JdbcClient jdbc;
    private final Clock clock;

    UnansweredCalls(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Finds the devices that an unanswered call may have sent a command to, with the time just before the first such
     * call. A later answer ends this, unless it leaves open whether the device was sent a command; calls that only ask about
     * a device neither start nor end it.
     */
    public Map<Long, Instant> pushes(Collection<Long> devices) {
        Map<Long, Instant> since = new HashMap<>();
        jdbc.sql("""
                        select x.device_id, min(j.intended_at) as since from journal_device x join journal j on j.id = x.journal_id
                        where x.device_id in (:ids) and j.step = 'PUSH' and (j.state = 'IN_DOUBT' or x.unsure) and x.asked = false
                            and not exists (select 1 from journal_device y join journal later on later.id = y.journal_id
                                where y.device_id = x.device_id and later.id > j.id and later.step = 'PUSH'
                                    and later.state in ('ANSWERED', 'REFUSED') and y.asked = false and y.unsure = false)
                        group by x.device_id
                        """).param("ids", devices).query(row -> {
            since.put(row.getLong("device_id"), Times.required(row, "since"));
        });
        return since;
    }

    /** Records that a call only asks about devices, or has only asked, and sends them nothing. */
    @Transactional
    public void asked(long entry, Collection<Long> devices) {
        if (devices.isEmpty()) {
            return;
        }
        jdbc.sql("update journal_device set asked = true where journal_id = :entry and device_id in (:ids)")
                .param("entry", entry)
                .param("ids", devices)
                .update();
    }

    /** Records that the answer to a call leaves open whether it sent these devices a command. */
    @Transactional
    public void unsure(long entry, Collection<Long> devices) {
        jdbc.sql("update journal_device set unsure = true where journal_id = :entry and device_id in (:ids)")
                .param("entry", entry)
                .param("ids", devices)
                .update();
    }

    /**
     * Whether one of the devices is in flight at the step as it was taken. If not, the change that moves them on was committed, and
     * they may have been taken again since.
     */
    public boolean anyInFlight(Step step, Collection<Device> taken) {
        Map<Long, Device> devices = taken.stream().collect(Collectors.toMap(Device::id, Function.identity()));
        return jdbc.sql("select id, attempts from device where id in (:ids) and step = :step and place = 'IN_FLIGHT'")
                .param("step", step.name())
                .param("ids", devices.keySet())
                .query((row, number) ->
                        Objects.requireNonNull(devices.get(row.getLong("id"))).attempts() == row.getInt("attempts"))
                .list()
                .contains(true);
    }

    /** Records in the journal that the calls intended for devices in flight at the step were never made. */
    @Transactional
    public void neverMade(Step step, Collection<Long> devices, String why) {
        leave(step, devices, "NOT_SENT", why);
    }

    /** Records in the journal that it is unknown whether the calls for devices in flight at the step were made. */
    void lost(Step step, Collection<Long> devices, String why) {
        leave(step, devices, "IN_DOUBT", why);
    }

    /** Decides open entries. At ASSIGN, only those that the devices name: they may have left others behind. */
    private void leave(Step step, Collection<Long> devices, String state, String why) {
        String entries = step == Step.ASSIGN
                ? "select journal_id from device where id in (:ids)"
                : "select journal_id from journal_device where device_id in (:ids)";
        jdbc.sql("""
                        update journal set state = :state, answered_at = :now, answer = :why
                        where state = 'INTENDED' and step = :step and id in (%s)
                        """.formatted(entries))
                .param("state", state)
                .param("step", step.name())
                .param("now", Times.of(clock.instant()))
                .param("why", Text.cut(why, 8000))
                .param("ids", devices)
                .update();
    }
}
