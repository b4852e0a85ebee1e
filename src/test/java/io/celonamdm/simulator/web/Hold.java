package io.celonamdm.simulator.web;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Parks requests until they are released, so that a test can act at exactly that moment. */
public final class Hold implements Fault, AutoCloseable {
    private final Point point;
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean dropped;

    /** Where a request is parked. */
    public enum Point {
        /** The request came in, nothing has changed yet. */
        BEFORE_PROCESSING,
        /** The state has changed, the answer is not sent yet. */
        AFTER_PROCESSING
    }

    Hold(Point point) {
        this.point = point;
    }

    @Override
    public Answer apply(Request request, Endpoint endpoint) {
        if (point == Point.BEFORE_PROCESSING) {
            park();
            return endpoint.answer(request);
        }
        Answer answer = endpoint.answer(request);
        park();
        return answer;
    }

    /**
     * Waits until a request is parked.
     *
     * @throws AssertionError if none is within the timeout
     */
    public void awaitArrival(Duration timeout) {
        if (!within(arrived, timeout)) {
            throw new AssertionError("no request arrived within " + timeout);
        }
    }

    /** Lets the parked requests go on. */
    public void release() {
        released.countDown();
    }

    /** Closes the connections of the parked requests; those parked before processing never happened. */
    public void drop() {
        dropped = true;
        released.countDown();
    }

    @Override
    public void close() {
        release();
    }

    private void park() {
        arrived.countDown();
        while (!within(released, Duration.ofMinutes(1))) {
            // a test may hold a request as long as it likes
        }
        if (dropped) {
            throw new HangUp();
        }
    }

    private static boolean within(CountDownLatch latch, Duration timeout) {
        try {
            return latch.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
