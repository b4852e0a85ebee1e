package io.celonamdm.ledger.database;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The states of the syncs' triggers in Quartz's tables. After a database failure, a trigger may be recorded as being
 * fired, or as unable to fire, for good. Quartz then ignores it silently.
 */
@Repository
@Transactional
public class TriggerStates {
    private static final String STUCK = """
            t.job_group = 'sync' and t.trigger_state in ('ERROR', 'BLOCKED', 'ACQUIRED')
                and not exists (select 1 from qrtz_fired_triggers f
                    where f.sched_name = t.sched_name and f.job_group = t.job_group and f.job_name = t.job_name)
            """;

    private final JdbcClient jdbc;

    TriggerStates(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A trigger that Quartz no longer fires.
     *
     * @param name its name, which is the sync's
     * @param group its group
     * @param state the state that it is stuck in
     */
    public record Stuck(String name, String group, String state) {}

    /**
     * Deletes a process's recorded firings that are not under way.
     *
     * @param instance the process
     * @param before later ones are kept, since they may be about to begin
     * @param underWay the ids of its firings that are under way
     * @return the number of deleted records
     */
    public int forget(String instance, Instant before, Collection<String> underWay) {
        List<String> noted = jdbc.sql("""
                        select entry_id from qrtz_fired_triggers
                        where job_group = 'sync' and instance_name = :instance and fired_time < :before
                            and (state <> 'ACQUIRED' or sched_time < :before)
                        """)
                .param("instance", instance)
                .param("before", before.toEpochMilli())
                .query(String.class)
                .list();
        List<String> lost =
                noted.stream().filter(entry -> !underWay.contains(entry)).toList();
        lost.forEach(entry -> jdbc.sql(
                        "delete from qrtz_fired_triggers where entry_id = :entry and instance_name = :instance")
                .param("entry", entry)
                .param("instance", instance)
                .update());
        return lost.size();
    }

    /** The triggers that are stuck: no process fires their job, or is about to. */
    @Transactional(readOnly = true)
    public List<Stuck> stuck() {
        return jdbc.sql("select t.trigger_name, t.trigger_group, t.trigger_state from qrtz_triggers t where " + STUCK)
                .query((row, number) -> new Stuck(row.getString(1), row.getString(2), row.getString(3)))
                .list();
    }

    /** Resets a stuck trigger. Returns false if it is no longer stuck. */
    public boolean release(Stuck stuck) {
        return jdbc.sql("update qrtz_triggers t set trigger_state = 'WAITING'"
                                + " where t.trigger_name = :name and t.trigger_group = :group and t.trigger_state = :state and "
                                + STUCK)
                        .param("name", stuck.name)
                        .param("group", stuck.group)
                        .param("state", stuck.state)
                        .update()
                == 1;
    }
}
