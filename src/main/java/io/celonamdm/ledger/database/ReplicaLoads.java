package io.celonamdm.ledger.database;

import io.celonamdm.esim.SyncName;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** How many firings each replica has under way, by Quartz's own tables. */
@Repository
@Transactional(readOnly = true)
public class ReplicaLoads {
    /** The replicas that check in, and their firings, those about to begin included. A missed check-in is tolerated. */
    static final String LOADS = """
            (select s.sched_name, s.instance_name,
                (select count(*) from qrtz_fired_triggers f
                    where f.sched_name = s.sched_name and f.instance_name = s.instance_name) as firings
            from qrtz_scheduler_state s
            where s.last_checkin_time > (select max(n.last_checkin_time) - 2 * s.checkin_interval
                from qrtz_scheduler_state n where n.sched_name = s.sched_name)) replica
            """;

    private final JdbcClient jdbc;

    public ReplicaLoads(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether the replica that fires a sync has so many firings that another one should have it. */
    public boolean areUneven(SyncName sync) {
        return jdbc.sql("select count(*) from qrtz_fired_triggers own join " + LOADS + """
                                on replica.sched_name = own.sched_name and replica.instance_name <> own.instance_name
                                where own.job_group = 'sync' and own.job_name = :sync and own.state = 'EXECUTING'
                                    and replica.firings + 1 < (select count(*) from qrtz_fired_triggers f
                                        where f.sched_name = own.sched_name and f.instance_name = own.instance_name)
                                """)
                        .param("sync", sync.value())
                        .query(Long.class)
                        .single()
                > 0;
    }
}
