package io.celonamdm.ledger.device;

import java.time.Instant;
import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Devices that wait at ASSIGN because no eSIM is left in the customer's pool; how often they have tried is no failure of theirs. */
@Repository
@Transactional
public class StockWaits {
    private final JdbcClient jdbc;
    private final DeviceTransitions transitions;

    StockWaits(JdbcClient jdbc, DeviceTransitions transitions) {
        this.jdbc = jdbc;
        this.transitions = transitions;
    }

    /** How often one of the devices has found the pool empty, at the most. */
    @Transactional(readOnly = true)
    public int tries(Collection<Long> ids) {
        return jdbc.sql("""
                        select coalesce(max(stock_tries), 0) from device where id in (:ids)
                        """).param("ids", ids).query(Integer.class).single();
    }

    /**
     * Has devices wait, and with them all that would try before them: it would be in vain.
     *
     * @param tries how often they have found the pool empty
     * @return how many wait
     */
    public int begin(String sync, Collection<Long> ids, int tries, Instant due, String reason) {
        transitions.waitForStock(sync, ids, tries, due, reason);
        return jdbc.sql("""
                        select count(*) from device where sync = :sync and place = 'WAITING' and step = 'ASSIGN'
                            and code = 'POOL_EXHAUSTED'
                        """).param("sync", sync).query(Integer.class).single();
    }

    /** An eSIM was there again: those that wait for one are due now. */
    public void over(String sync) {
        transitions.stockThere(sync);
    }
}
