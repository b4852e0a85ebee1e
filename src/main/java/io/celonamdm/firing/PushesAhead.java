package io.celonamdm.firing;

import io.celonamdm.ledger.run.Run;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.DueWork;
import io.celonamdm.work.Work;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Pushes of a sync that are taken before there is room for them, so that one look at the ledger serves several: each is
 * one device, and ends soon. None is journalled yet, so all can go back, whatever happens to the sync.
 */
final class PushesAhead {
    /** How many to take beyond the room. */
    private static final int MORE = 20;

    private final Sync sync;
    private final DueWork dueWork;
    private final Deque<Work> works = new ArrayDeque<>();

    PushesAhead(Sync sync, DueWork dueWork) {
        this.sync = sync;
        this.dueWork = dueWork;
    }

    boolean isEmpty() {
        return works.isEmpty();
    }

    /** How many may begin now. */
    int room(InFlight inFlight) {
        return inFlight.room(sync, Work.Kind.PUSH, dueWork.limit(sync, Work.Kind.PUSH));
    }

    /** Takes as many as there is room for, and {@code MORE}. */
    void take(@Nullable Run run, int room) {
        works.addAll(dueWork.take(sync, Work.Kind.PUSH, run, room + MORE));
    }

    /** The next one to begin. */
    Work next() {
        return works.remove();
    }

    /** Puts all of them back. */
    void putBack() {
        dueWork.putBack(works);
        works.clear();
    }
}
