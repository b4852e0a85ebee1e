package io.celonamdm.firing;

import io.celonamdm.ledger.inventory.Pull;
import org.jspecify.annotations.Nullable;

/** A firing's pull, which is made on a thread of its own, so that due work of earlier nights goes on meanwhile. */
final class PullBeside {
    private boolean underWay;
    private long run;
    private @Nullable Pull shown;
    private @Nullable Object taking;

    /** Begins for a run. */
    synchronized void begins(long ofRun) {
        underWay = true;
        run = ofRun;
    }

    /** The pull is complete; it is planned from once nothing of the firing is in flight. */
    synchronized void shown(Pull pull, @Nullable Object files) {
        shown = pull;
        taking = files;
    }

    /** The files that the pull has read, for the report that puts them away; null for a platform without. */
    synchronized @Nullable Object taking() {
        Object taken = taking;
        taking = null;
        return taken;
    }

    /** Its thread has ended. */
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
