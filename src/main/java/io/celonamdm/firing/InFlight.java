package io.celonamdm.firing;

import io.celonamdm.http.HostLimits;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.Work;
import java.net.URI;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The work of a firing that is in flight, beside what other firings ask of the same hosts. Items end on threads of their
 * own, while the firing looks for more. A limit is one of calls: an item that is about to call, or has called, has to do
 * with the ledger alone, and so the next one gets ready meanwhile.
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
    private long endings;

    InFlight(HostLimits limits) {
        this.limits = limits;
    }

    /** An item is handed out. A push says itself when it calls; any other item counts as calling until it has ended. */
    synchronized void begun(Work work) {
        works.put(work, work.kind() == Work.Kind.PUSH ? Stage.GETTING_READY : Stage.CALLING);
        if (work.host() != null) {
            limits.begun(work.host());
        }
    }

    /**
     * A push is about to call: waits until fewer than {@code limit} items are calling that share the limit.
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

    /** The item's call is over. */
    synchronized void called(Work work) {
        givesUpItsPlace(work, Stage.CALLED);
    }

    /** The item had its place and makes no call after all. */
    synchronized void withdrawn(Work work) {
        givesUpItsPlace(work, Stage.WITHDRAWN);
    }

    private void givesUpItsPlace(Work work, Stage stage) {
        Stage before = works.put(work, stage);
        if (before != Stage.CALLED && before != Stage.WITHDRAWN && work.host() != null) {
            limits.ended(work.host());
        }
        endings++;
        notifyAll();
    }

    /** Whether nothing was asked of anyone for the item. */
    synchronized boolean isWithdrawn(Work work) {
        return works.get(work) == Stage.WITHDRAWN;
    }

    synchronized void ended(Work work) {
        called(work);
        works.remove(work);
    }

    /**
     * What is left of the limit of a sync's work of a kind, and of what all firings together may ask of its host. As many
     * pushes get ready as may call, because calls that began together end together.
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

    /** How many items at a stage share the kind's limit: all calls to the MDM tenant share one. */
    private int sharing(Work.Kind kind, Stage stage) {
        int sharing = 0;
        for (Map.Entry<Work, Stage> entry : works.entrySet()) {
            Work.Kind other = entry.getKey().kind();
            boolean shares = kind.isMdm() ? other.isMdm() : other == kind;
            sharing += shares && entry.getValue() == stage ? 1 : 0;
        }
        return sharing;
    }

    /** Something else has changed for whoever waits for an ending. */
    synchronized void wake() {
        endings++;
        notifyAll();
    }

    /** How many calls and items have ended so far. */
    synchronized long endings() {
        return endings;
    }

    /** Waits until a call or an item has ended beside those that were known to have, or until the time is over. */
    synchronized void awaitEnding(long known, long milliseconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
        long left = milliseconds;
        while (endings == known && left > 0) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
    }
}
