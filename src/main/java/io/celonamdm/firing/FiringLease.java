package io.celonamdm.firing;

import io.celonamdm.esim.SyncName;
import io.celonamdm.http.CallScope.Purpose;
import io.celonamdm.http.CallScopes;
import io.celonamdm.ledger.run.Fence;
import io.celonamdm.ledger.run.FencingTokens;
import io.celonamdm.ledger.run.StaleFiringException;
import io.celonamdm.schedule.Triggers;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.Work;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The lease of a sync: of its firings, in all replicas, only the latest works. */
@Component("turns")
public class FiringLease {
    private static final Logger LOG = LoggerFactory.getLogger(FiringLease.class);
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final FencingTokens numbers;
    private final Fence fence;
    private final CallScopes scopes;
    private final Triggers triggers;
    private final Clock clock;

    FiringLease(FencingTokens numbers, Fence fence, CallScopes scopes, Triggers triggers, Clock clock) {
        this.numbers = numbers;
        this.fence = fence;
        this.scopes = scopes;
        this.triggers = triggers;
        this.clock = clock;
    }

    /**
     * Begins a firing on this thread; it replaces earlier ones of the sync.
     *
     * @return its number
     * @throws StaleFiringException if another firing of the sync is under way
     */
    long begin(Sync sync) {
        fence.leave();
        long number = numbers.next(sync.name());
        fence.enter(sync.name(), number);
        scopes.enter(sync.name(), Purpose.FIRING);
        return number;
    }

    /** Binds this thread to a firing: to one item of its work, or to its pull. */
    public void enter(@ExchangeProperty("firing") Firing firing, @ExchangeProperty("work") @Nullable Work work) {
        SyncName sync = firing.sync().name();
        fence.enter(sync, firing.number());
        scopes.enter(sync, work == null ? Purpose.PULL : Purpose.WORK);
    }

    /** Unbinds this thread from its firing. */
    public void leave() {
        fence.leave();
        scopes.leave();
    }

    /** Schedules a check for remaining work, after the other firing has had its turn. */
    public void lost(
            @ExchangeProperty("sync") Sync sync, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception exception)
            throws SchedulerException {
        LOG.warn("{}", exception.getMessage());
        leave();
        triggers.dueAt(sync.name(), clock.instant().plus(AGAIN));
    }
}
