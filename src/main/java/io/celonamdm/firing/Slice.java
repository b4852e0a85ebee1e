package io.celonamdm.firing;

import io.celonamdm.http.CallScope;
import io.celonamdm.http.CallScopes;
import io.celonamdm.ledger.database.ReplicaLoads;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.Interruptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * How long a firing takes up work before it yields to those of other syncs; half as long if another replica has fewer
 * firings, so that it can take this one. A firing with a pull has no limit: it no longer holds a place, and due work
 * must not wait for the pull.
 */
final class Slice {
    /** Longest time before a firing notices people's decisions. */
    private static final Duration NOTICE = Duration.ofSeconds(1);

    /** The most items that a firing hands out, far below the permitted turns of a route's loop. */
    private static final int MOST = Repetitions.TURNS / 2;

    private final Sync sync;
    private final ReplicaLoads loads;
    private final Interruptions interruptions;
    private final BooleanSupplier pullIsDue;
    private final Clock clock;
    private final Instant half;
    private Instant ends;
    private final PullBeside pull = new PullBeside();
    private boolean halfPassed;
    private Instant checked = Instant.MIN;
    private int handedOut;

    Slice(Sync sync, OpenRuns runs, ReplicaLoads loads, Interruptions interruptions, Clock clock, Duration length) {
        this.sync = sync;
        this.loads = loads;
        this.interruptions = interruptions;
        this.pullIsDue = new Noticed(() -> runs.pullIsDue(sync), NOTICE, clock);
        this.clock = clock;
        this.half = clock.instant().plus(length.dividedBy(2));
        this.ends = clock.instant().plus(length);
    }

    /** The pull that runs beside the work. */
    PullBeside pull() {
        return pull;
    }

    /** Counts a handed-out item. */
    void handedOut() {
        handedOut++;
    }

    /** Reports progress, and applies people's new decisions. */
    void goesOn() {
        CallScope scope = CallScopes.current();
        if (scope != null) {
            scope.getsOn();
        }
        Instant now = clock.instant();
        if (now.isBefore(checked) || !now.isBefore(checked.plus(NOTICE))) {
            checked = now;
            if (pull.isUnderWay()) {
                interruptions.checkPull(sync, pull.run());
            }
        }
    }

    /**
     * Whether the firing must yield: its time is over, the connector stops, its sync's settings have changed, or a pull
     * is due or ready to be planned from.
     */
    boolean isOver() {
        return interruptions.mustYield(sync)
                || pull.isShown()
                || (!pull.isUnderWay() && (isTimeOver() || handedOut >= MOST || pullIsDue.getAsBoolean()));
    }

    private boolean isTimeOver() {
        Instant now = clock.instant();
        if (!halfPassed && !now.isBefore(half)) {
            ends = loads.areUneven(sync.name()) ? half : ends;
            halfPassed = true;
        }
        return !now.isBefore(ends);
    }
}
