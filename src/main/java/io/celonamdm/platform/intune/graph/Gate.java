package io.celonamdm.platform.intune.graph;

import java.time.Duration;

/**
 * What batches that go out at once must heed together: when one of them is throttled the others wait as well, and when
 * one of them fails the others end.
 */
final class Gate {
    // by a monotonic clock: a wall clock that was set back would keep it closed
    private long opensAt = System.nanoTime();
    private boolean shut;

    /** Closes it for a time, unless it is closed for longer. */
    synchronized void close(Duration time) {
        long now = System.nanoTime();
        opensAt = now + Math.max(opensAt - now, time.toNanos());
    }

    /** When it opens, for comparison only. */
    synchronized long opensAt() {
        return opensAt;
    }

    /**
     * How long it stays closed.
     *
     * @param awaited the opening that the caller has waited for already, by whatever clock its wait went
     */
    synchronized Duration pause(long awaited) {
        return opensAt == awaited ? Duration.ZERO : Duration.ofNanos(Math.max(0, opensAt - System.nanoTime()));
    }

    /** Closes it for good. */
    synchronized void closeForGood() {
        shut = true;
    }

    /** Opens it again. */
    synchronized void reopen() {
        shut = false;
    }

    synchronized boolean isShut() {
        return shut;
    }
}
