package io.celonamdm.ledger.run;

import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Times;
import io.celonamdm.ledger.run.Run.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Finds earlier runs to compare a sync's latest run with. */
@Repository
@Transactional(readOnly = true)
public class PastRuns {
    private static final List<String> GOOD =
            Outcome.GOOD.stream().map(Outcome::name).toList();

    private final JdbcClient jdbc;

    PastRuns(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The last run before another one that had a credible pull. */
    public Optional<Run> usual(SyncName sync, long before) {
        return jdbc.sql("""
                        select * from run where sync = :sync and id < :before and pull = 'DONE' and credible
                            and served is not null
                        order by id desc fetch first 1 row only
                        """)
                .param("sync", sync.value())
                .param("before", before)
                .query(RunRows::map)
                .optional();
    }

    /** The last run that had a credible pull. */
    public Optional<Run> latestCredible(SyncName sync) {
        return usual(sync, Long.MAX_VALUE);
    }

    /** The closed run before this one that was more than a plan. */
    public Optional<Run> before(Run run) {
        return jdbc.sql("""
                        select * from run where sync = :sync and id < :before and outcome <> 'PLANNED'
                        order by id desc fetch first 1 row only
                        """)
                .param("sync", run.sync().value())
                .param("before", run.id())
                .query(RunRows::map)
                .optional();
    }

    /** Good runs of all syncs that ended since a time and followed a run that was not good. */
    public List<Run> recovered(Instant since) {
        return jdbc.sql("""
                        select r.* from run r join run b on b.id = (select max(p.id) from run p where p.sync = r.sync
                            and p.id < r.id and p.closed_at is not null and p.outcome <> 'PLANNED')
                        where r.closed_at >= :since and r.outcome in (:good) and b.outcome not in (:good) order by r.id
                        """)
                .param("since", Times.of(since))
                .param("good", GOOD)
                .query(RunRows::map)
                .list();
    }

    /** Runs that ended between the last good one and this one, the earliest first; plans do not count. */
    public List<Run> badBefore(Run run) {
        return jdbc.sql("""
                        select * from run r where r.sync = :sync and r.id < :before and r.closed_at is not null
                            and r.outcome <> 'PLANNED' and r.id > coalesce((select max(g.id) from run g
                                where g.sync = :sync and g.id < :before and g.outcome in (:good)), 0)
                        order by r.id
                        """)
                .param("sync", run.sync().value())
                .param("before", run.id())
                .param("good", GOOD)
                .query(RunRows::map)
                .list();
    }
}
