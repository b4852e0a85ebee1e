package io.celonamdm.ledger.database;

import io.celonamdm.esim.SyncName;
import java.time.Clock;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Finds other processes that work on this ledger, by the check-ins of their schedulers. */
@Repository
@Transactional(readOnly = true)
public class OtherProcesses {
    /** Several check-in intervals of the scheduler, see {@code org.quartz.jobStore.clusterCheckinInterval}. */
    private static final Duration ALIVE = Duration.ofSeconds(15);

    private final JdbcClient jdbc;
    private final Clock clock;

    OtherProcesses(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Whether a process under another scheduler's name has the sync among its jobs.
     *
     * @param scheduler the name of this process's scheduler
     */
    public boolean serve(SyncName sync, String scheduler) {
        return jdbc.sql("""
                                select count(*) from qrtz_scheduler_state s
                                join qrtz_job_details j on j.sched_name = s.sched_name
                                where j.job_group = 'sync' and j.job_name = :sync and s.sched_name <> :scheduler
                                    and s.last_checkin_time > :since
                                """)
                        .param("sync", sync.value())
                        .param("scheduler", scheduler)
                        .param("since", clock.instant().minus(ALIVE).toEpochMilli())
                        .query(Long.class)
                        .single()
                > 0;
    }
}
