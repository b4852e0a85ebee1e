package io.celonamdm.work;

import io.celonamdm.ledger.device.StockWaits;
import io.celonamdm.plan.BackOff;
import io.celonamdm.sync.Sync;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lets devices wait, ever longer, while no eSIM is left in a customer's pool. */
@Component
@Transactional
public class PoolExhaustion {
    private static final Logger LOG = LoggerFactory.getLogger(PoolExhaustion.class);
    private static final Duration LONGEST = Duration.ofHours(1);

    private final StockWaits waits;
    private final Clock clock;

    PoolExhaustion(StockWaits waits, Clock clock) {
        this.waits = waits;
        this.clock = clock;
    }

    /** Celona had no eSIM left for these devices: they wait, twice as long as the time before. */
    public void exhausted(Sync sync, List<Long> ids, String reason) {
        int tries = waits.tries(ids) + 1;
        Duration first = sync.retry().first();
        Duration longest = first.compareTo(LONGEST) > 0 ? first : LONGEST;
        Instant due = clock.instant().plus(new BackOff(first, longest).after(tries));
        int waiting = waits.begin(sync.name(), ids, tries, due, reason);
        LOG.warn("no eSIM is left in Celona's pool; {} devices wait until {}: {}", waiting, due, reason);
    }

    /** A device has got an eSIM: whatever waits for one is due. */
    void replenished(Sync sync) {
        waits.over(sync.name());
    }
}
