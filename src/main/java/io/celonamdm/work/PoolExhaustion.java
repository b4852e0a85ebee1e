package io.celonamdm.work;

import io.celonamdm.ledger.device.StockWaits;
import io.celonamdm.plan.BackOff;
import io.celonamdm.sync.Sync;
import io.celonamdm.text.Counted;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Delays devices, at growing intervals, while a customer's pool has no eSIM left. */
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

    /** Delays devices for which Celona had no eSIM left, twice as long as the last time. */
    public void exhausted(Sync sync, List<Long> ids, String reason) {
        int tries = waits.tries(ids) + 1;
        Duration first = sync.retry().first();
        Duration longest = first.compareTo(LONGEST) > 0 ? first : LONGEST;
        Instant due = clock.instant().plus(new BackOff(first, longest).after(tries));
        int waiting = waits.begin(sync.name(), ids, tries, due, reason);
        LOG.warn(
                "no eSIM is left in Celona's pool; {} waiting until {}: {}",
                Counted.are(waiting, "device"),
                due,
                reason);
    }

    /** Makes waiting devices due, because a device got an eSIM. */
    void replenished(Sync sync) {
        waits.over(sync.name());
    }
}
