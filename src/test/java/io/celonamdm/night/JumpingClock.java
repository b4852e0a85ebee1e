package io.celonamdm.night;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that a test can set. */
final class JumpingClock extends Clock {
    private static final AtomicReference<Duration> AHEAD = new AtomicReference<>(Duration.ZERO);

    private final Clock machine;

    JumpingClock(Clock machine) {
        this.machine = machine;
    }

    /** Sets all such clocks forward, or back. */
    static void jump(Duration distance) {
        AHEAD.updateAndGet(distance::plus);
    }

    /** When it will be that time, by the clock of the machine. */
    static Instant machineTime(Instant time) {
        return time.minus(AHEAD.get());
    }

    @Override
    public Instant instant() {
        return machine.instant().plus(AHEAD.get());
    }

    @Override
    public ZoneId getZone() {
        return machine.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new JumpingClock(machine.withZone(zone));
    }
}
