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
 * a few devices, and ends soon. None is journalled yet, so all can go back, whatever happens to the sync.
 */
final class PushesAhead {
    /** How many devices to take beyond the room. */
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
        if (dueWork.isTried(sync) && inFlight.isPushing()) {
            return 0;
        }
        return inFlight.room(sync, Work.Kind.PUSH, dueWork.limit(sync, Work.Kind.PUSH));
    }

    /** Takes as many as there is room for, and {@code MORE} devices. */
    void take(@Nullable Run run, int room) {
        int more = (MORE - 1) / dueWork.devicesPerCall(sync) + 1;
        works.addAll(dueWork.take(sync, Work.Kind.PUSH, run, room + more));
    }

    /** Whether one of them has more devices than its tenant takes by now. */
    boolean isTooLarge() {
        return !isEmpty() && works.element().devices().size() > dueWork.devicesPerCall(sync);
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
