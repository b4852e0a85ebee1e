package io.celonamdm.firing;

import io.celonamdm.http.CallScope;
import io.celonamdm.http.CallScopes;
import io.celonamdm.sync.Sync;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * How long a firing takes up work, before it makes room for those of other syncs. One that pulls has no slice: it holds no
 * place by then, and what is due must not wait for the pull.
 */
final class Slice {
    /** How late a firing notices what people decide. */
    private static final Duration NOTICE = Duration.ofSeconds(1);

    /** How many items a firing hands out at most, far below the turns that a loop of a route may have. */
    private static final int MOST = Repetitions.TURNS / 2;

    private final Sync sync;
    private final OpenRuns runs;
    private final Orders orders;
    private final BooleanSupplier makesRoom;
    private final Clock clock;
    private final Instant ends;
    private final PullBeside pull = new PullBeside();
    private Instant heeded = Instant.MIN;
    private int handedOut;

    Slice(Sync sync, OpenRuns runs, Orders orders, BooleanSupplier makesRoom, Clock clock, Duration length) {
        this.sync = sync;
        this.runs = runs;
        this.orders = orders;
        this.makesRoom = makesRoom;
        this.clock = clock;
        this.ends = clock.instant().plus(length);
    }

    /** The pull that goes on beside the work. */
    PullBeside pull() {
        return pull;
    }

    /** An item was handed out. */
    void handedOut() {
        handedOut++;
    }

    /** The firing gets on: what people have decided meanwhile is heeded. */
    void goesOn() {
        CallScope scope = CallScopes.current();
        if (scope != null) {
            scope.getsOn();
        }
        Instant now = clock.instant();
        if (now.isBefore(heeded) || !now.isBefore(heeded.plus(NOTICE))) {
            heeded = now;
            orders.heed(sync, pull);
        }
    }

    /**
     * Whether the firing is to make room: when its time is over, when the connector stops, for changed settings of its
     * sync, and for a pull that is due or to be planned from.
     */
    boolean isOver() {
        return makesRoom.getAsBoolean()
                || pull.isShown()
                || (!pull.isUnderWay()
                        && (!clock.instant().isBefore(ends) || handedOut >= MOST || runs.pullIsDue(sync)));
    }
}
