package io.celonamdm.ledger;

import io.celonamdm.esim.ReasonCode;
import java.time.Clock;
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
    private final Clock clock;

    StockWaits(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
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
        String waits = """
                update device set step = 'ASSIGN', place = 'WAITING', due_at = :due, waits_for_device = true,
                    attempts = 0, stock_tries = :tries, journal_id = null,
                    request_id = null, deadline_at = null, reason = :reason, code = :code
                where\s""";
        jdbc.sql(waits + "id in (:ids)")
                .param("ids", ids)
                .param("tries", tries)
                .param("due", Times.of(due))
                .param("code", ReasonCode.POOL_EXHAUSTED.name())
                .param("reason", Text.cut(reason, Text.REASON))
                .update();
        jdbc.sql(waits + """
                        sync = :sync and place = 'WAITING' and step = 'ASSIGN' and due_at < :due and part_of is null
                            and given_iccid is null
                        """)
                .param("sync", sync)
                .param("tries", tries)
                .param("due", Times.of(due))
                .param("code", ReasonCode.POOL_EXHAUSTED.name())
                .param("reason", Text.cut(reason, Text.REASON))
                .update();
        return jdbc.sql("""
                        select count(*) from device where sync = :sync and place = 'WAITING' and step = 'ASSIGN'
                            and code = 'POOL_EXHAUSTED'
                        """).param("sync", sync).query(Integer.class).single();
    }

    /** An eSIM was there again: those that wait for one are due now. */
    public void over(String sync) {
        jdbc.sql("""
                        update device set due_at = :now where sync = :sync and place = 'WAITING' and step = 'ASSIGN'
                            and due_at > :now and code = 'POOL_EXHAUSTED'
                        """)
                .param("sync", sync)
                .param("now", Times.of(clock.instant()))
                .update();
    }
}
