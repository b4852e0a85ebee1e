package io.celonamdm.ledger.run;

import io.celonamdm.esim.SyncName;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Counts the firings of each sync. Only the latest one may write, see {@link Fence}. */
@Repository
public class FencingTokens {
    private final JdbcClient jdbc;

    FencingTokens(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Returns the number of a new firing. Firings with lower numbers are over from then on.
     *
     * @throws StaleFiringException if another firing of the sync is under way
     */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public long next(SyncName sync) {
        if (isAnotherUnderWay(sync)) {
            throw new StaleFiringException("another firing of sync %s is under way".formatted(sync));
        }
        if (!raise(sync)) {
            jdbc.sql("insert into firing (sync, number) values (:sync, 0) on conflict do nothing")
                    .param("sync", sync.value())
                    .update();
            raise(sync);
        }
        return jdbc.sql("select number from firing where sync = :sync")
                .param("sync", sync.value())
                .query(Long.class)
                .single();
    }

    /** The row stays locked until the commit, so that nobody else reads the same number. */
    private boolean raise(SyncName sync) {
        return jdbc.sql("update firing set number = number + 1 where sync = :sync")
                        .param("sync", sync.value())
                        .update()
                > 0;
    }

    /** Quartz starts a second firing when a replica that was taken for dead comes back and its firing ends. */
    private boolean isAnotherUnderWay(SyncName sync) {
        return jdbc.sql("""
                                select count(*) from qrtz_fired_triggers
                                where job_group = 'sync' and job_name = :sync and state = 'EXECUTING'
                                """).param("sync", sync.value()).query(Long.class).single() > 1;
    }
}
