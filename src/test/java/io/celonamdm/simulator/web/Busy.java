package io.celonamdm.simulator.web;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Takes its time over each request, and counts how many are there at once. */
public final class Busy implements Fault {
    private final IntFunction<Duration> delays;
    private final AtomicInteger number = new AtomicInteger();
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    /** All requests take equally long. */
    public Busy(Duration delay) {
        this(number -> delay);
    }

    /** The first request, which has the number 0, and later ones take as long as the function says. */
    public Busy(IntFunction<Duration> delays) {
        this.delays = delays;
    }

    /** The most requests that were there at once. */
    public int most() {
        return most.get();
    }

    @Override
    public Answer apply(Request request, Endpoint endpoint) {
        most.accumulateAndGet(now.incrementAndGet(), Math::max);
        try {
            return Fault.slow(delays.apply(number.getAndIncrement())).apply(request, endpoint);
        } finally {
            now.decrementAndGet();
        }
    }
}
