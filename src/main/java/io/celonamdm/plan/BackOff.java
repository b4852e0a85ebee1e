package io.celonamdm.plan;

import java.time.Duration;

/**
 * Exponential backoff: each delay is twice the one before, up to a maximum.
 *
 * @param first the delay after the first attempt
 * @param max the longest delay
 */
public record BackOff(Duration first, Duration max) {

    private static final int MAX_DOUBLINGS = 62;
    private static final int PER_MILLE = 1000;

    /**
     * @throws IllegalArgumentException if a duration is not positive
     */
    public BackOff {
        if (first.isZero() || first.isNegative() || max.isZero() || max.isNegative()) {
            throw new IllegalArgumentException("a wait must be longer than nothing: " + first + ", " + max);
        }
    }

    /**
     * The delay after a number of attempts.
     *
     * @param attempts how many tries there were; less than 1 counts as 1
     */
    public Duration after(int attempts) {
        long factor = 1L << Math.min(Math.max(attempts - 1L, 0), MAX_DOUBLINGS);
        return max.dividedBy(factor).compareTo(first) < 0 ? max : first.multipliedBy(factor);
    }

    /**
     * The delay after a number of attempts, with jitter of up to 20 % so that devices do not all return at once.
     *
     * @param attempts how many tries there were; less than 1 counts as 1
     * @param random01 a random number from 0 to 1
     * @return never longer than {@code max}
     */
    public Duration jittered(int attempts, double random01) {
        Duration moved = after(attempts)
                .multipliedBy(Math.round((0.8 + 0.4 * random01) * PER_MILLE))
                .dividedBy(PER_MILLE);
        return moved.compareTo(max) > 0 ? max : moved;
    }
}
