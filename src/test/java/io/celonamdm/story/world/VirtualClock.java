package io.celonamdm.story.world;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The connector's clock: the world's time, which only goes on, and how far the connector's clock is off. */
public final class VirtualClock extends Clock {
    private Instant world = Instant.EPOCH;
    private Duration off = Duration.ZERO;

    /** Begins a story. */
    public synchronized void begin(Instant time) {
        world = time;
        off = Duration.ZERO;
    }

    /** The true time. */
    public synchronized Instant world() {
        return world;
    }

    /** Goes on to a time; never back. */
    public synchronized void until(Instant time) {
        if (time.isAfter(world)) {
            world = time;
        }
    }

    /** Goes on by a while. */
    public synchronized void pass(Duration while_) {
        world = world.plus(while_);
    }

    /** Sets the connector's clock forward, or back. */
    public synchronized void jump(Duration distance) {
        off = off.plus(distance);
    }

    /** When it will be that time by the connector's clock. */
    public synchronized Instant worldTime(Instant byConnector) {
        return byConnector.minus(off);
    }

    @Override
    public synchronized Instant instant() {
        return world.plus(off);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
