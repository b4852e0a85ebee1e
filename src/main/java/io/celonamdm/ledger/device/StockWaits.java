package io.celonamdm.ledger.device;

import io.celonamdm.esim.SyncName;
import java.time.Instant;
import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Devices that wait at ASSIGN because the customer's pool has no eSIM left. Their tries are not failures of theirs. */
@Repository
@Transactional
public class StockWaits {
    private final JdbcClient jdbc;
    private final DeviceTransitions transitions;

    StockWaits(JdbcClient jdbc, DeviceTransitions transitions) {
        this.jdbc = jdbc;
        this.transitions = transitions;
    }

    /** The most times that any of these devices has found the pool empty. */
    @Transactional(readOnly = true)
    public int tries(Collection<Long> ids) {
        return jdbc.sql("""
                        select coalesce(max(stock_tries), 0) from device where id in (:ids)
                        """).param("ids", ids).query(Integer.class).single();
    }

    /**
     * Makes devices wait, together with all that would find the pool empty before them.
     *
     * @param tries how often they have found the pool empty
     * @return how many wait
     */
    public int begin(SyncName sync, Collection<Long> ids, int tries, Instant due, String reason) {
        transitions.waitForStock(sync, ids, tries, due, reason);
        return jdbc.sql("""
                        select count(*) from device where sync = :sync and place = 'WAITING' and step = 'ASSIGN'
                            and code = 'POOL_EXHAUSTED'
                        """).param("sync", sync.value()).query(Integer.class).single();
    }

    /** Makes the devices that wait for an eSIM due now, because one is available again. */
    public void over(SyncName sync) {
        transitions.restocked(sync);
    }
}
