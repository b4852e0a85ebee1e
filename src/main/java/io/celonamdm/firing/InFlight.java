package io.celonamdm.firing;

import io.celonamdm.http.CallScopes;
import io.celonamdm.http.HostLimits;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.Work;
import java.net.URI;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The work of a firing that is in flight, within limits that it shares with other firings to the same hosts. Items end
 * on their own threads while the firing looks for more. Limits count calls in progress: items being prepared or already
 * answered only touch the ledger, so the next one is prepared at the same time.
 */
final class InFlight {
    private enum Stage {
        GETTING_READY,
        CALLING,
        CALLED,
        WITHDRAWN
    }

    private final HostLimits limits;
    private final IdentityHashMap<Work, Stage> works = new IdentityHashMap<>();
    private int alongside;
    private long endings;

    InFlight(HostLimits limits) {
        this.limits = limits;
    }

    /** Adds an item. A push reports when it calls; any other item counts as calling until it ends. */
    synchronized void begun(Work work) {
        works.put(work, work.kind() == Work.Kind.PUSH ? Stage.GETTING_READY : Stage.CALLING);
        if (work.host() != null) {
            limits.begun(work.host());
        }
    }

    /**
     * Marks a push as calling, once fewer than {@code limit} items that share the limit are calling.
     *
     * @return whether it had to wait
     */
    synchronized boolean calls(Work work, int limit) throws InterruptedException {
        boolean waited = false;
        while (sharing(work.kind(), Stage.CALLING) >= limit) {
            waited = true;
            wait();
        }
        works.put(work, Stage.CALLING);
        return waited;
    }

    /** Counts a call of a pull or a look as one to the MDM tenant, once fewer than its limit are in progress. */
    synchronized void callsAlongside(Sync sync) throws InterruptedException {
        while (sharing(Work.Kind.PUSH, Stage.CALLING) >= sync.mdm().maxConcurrency()) {
            CallScopes.goesOn();
            // an ending wakes this up; a call-off does not
            wait(TimeUnit.SECONDS.toMillis(1));
        }
        alongside++;
        URI host = Work.Kind.PUSH.host(sync);
        if (host != null) {
            limits.begun(host);
        }
    }

    /** Ends such a call. */
    synchronized void calledAlongside(Sync sync) {
        alongside--;
        URI host = Work.Kind.PUSH.host(sync);
        if (host != null) {
            limits.ended(host);
        }
        wake();
    }

    /** Ends the item's call. */
    synchronized void called(Work work) {
        givesUpItsPlace(work, Stage.CALLED);
    }

    /** Frees the place of an item that makes no call after all. */
    synchronized void withdrawn(Work work) {
        givesUpItsPlace(work, Stage.WITHDRAWN);
    }

    private void givesUpItsPlace(Work work, Stage stage) {
        Stage before = works.put(work, stage);
        if (before != Stage.CALLED && before != Stage.WITHDRAWN && work.host() != null) {
            limits.ended(work.host());
        }
        wake();
    }

    /** Whether the item made no call. */
    synchronized boolean isWithdrawn(Work work) {
        return works.get(work) == Stage.WITHDRAWN;
    }

    synchronized void ended(Work work) {
        called(work);
        works.remove(work);
    }

    /**
     * The room left under the limit of a kind of work, and under the limit of its host across all firings. As many
     * pushes are prepared as may call, because calls that begin together end together.
     */
    synchronized int room(Sync sync, Work.Kind kind, int limit) {
        URI host = kind.host(sync);
        int ofHost = host == null ? Integer.MAX_VALUE : limits.room(host);
        int used = sharing(kind, Stage.CALLING) + sharing(kind, Stage.GETTING_READY);
        return Math.min((kind == Work.Kind.PUSH ? 2 * limit : limit) - used, ofHost);
    }

    synchronized boolean isEmpty() {
        return works.isEmpty();
    }

    /** Whether a push has not ended. */
    synchronized boolean isPushing() {
        return works.keySet().stream().anyMatch(work -> work.kind() == Work.Kind.PUSH);
    }

    /** How many items at a stage share the kind's limit; all calls to the MDM tenant share one. */
    private int sharing(Work.Kind kind, Stage stage) {
        int sharing = kind.isMdm() && stage == Stage.CALLING ? alongside : 0;
        for (Map.Entry<Work, Stage> entry : works.entrySet()) {
            Work.Kind other = entry.getKey().kind();
            boolean shares = kind.isMdm() ? other.isMdm() : other == kind;
            sharing += shares && entry.getValue() == stage ? 1 : 0;
        }
        return sharing;
    }

    /** Wakes waiting threads: something else has changed. */
    synchronized void wake() {
        endings++;
        notifyAll();
    }

    /** How many calls and items have ended so far. */
    synchronized long endings() {
        return endings;
    }

    /** Waits until the number of endings differs from the known one, or until the time is over. */
    synchronized void awaitEnding(long known, long milliseconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
        long left = milliseconds;
        while (endings == known && left > 0) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
    }
}
