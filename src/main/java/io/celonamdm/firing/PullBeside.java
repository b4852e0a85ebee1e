package io.celonamdm.firing;

import io.celonamdm.ledger.inventory.Pull;
import org.jspecify.annotations.Nullable;

/** A firing's pull, on a thread of its own, so that due work of earlier nights continues. */
final class PullBeside {
    private boolean underWay;
    private long run;
    private @Nullable Pull shown;
    private @Nullable Object taking;

    /** Begins the pull of a run. */
    synchronized void begins(long ofRun) {
        underWay = true;
        run = ofRun;
    }

    /** Records a complete pull; planning waits until nothing of the firing is in flight. */
    synchronized void shown(Pull pull, @Nullable Object files) {
        shown = pull;
        taking = files;
    }

    /** The files that the pull has read, for the report that puts them away; null for a platform without files. */
    synchronized @Nullable Object taking() {
        Object taken = taking;
        taking = null;
        return taken;
    }

    /** Records that its thread has ended. */
    synchronized void ended() {
        underWay = false;
    }

    synchronized boolean isUnderWay() {
        return underWay;
    }

    /** The run that asked for it. */
    synchronized long run() {
        return run;
    }

    /** Whether there is a complete pull to plan from. */
    synchronized boolean isShown() {
        return !underWay && shown != null;
    }

    /** Hands over the pull to plan from. */
    synchronized Pull take() {
        Pull taken = shown;
        if (taken == null) {
            throw new IllegalStateException("the pull is not complete");
        }
        shown = null;
        return taken;
    }
}
