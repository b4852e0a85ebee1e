package io.celonamdm.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackOffTests {

    private final BackOff backOff = new BackOff(Duration.ofSeconds(10), Duration.ofMinutes(15));

    @Test
    void eachWaitIsTwiceTheOneBefore() {
        assertThat(backOff.after(1)).isEqualTo(Duration.ofSeconds(10));
        assertThat(backOff.after(2)).isEqualTo(Duration.ofSeconds(20));
        assertThat(backOff.after(7)).isEqualTo(Duration.ofSeconds(640));
    }

    @Test
    void noWaitIsLongerThanTheLongest() {
        assertThat(backOff.after(8)).isEqualTo(Duration.ofMinutes(15));
        assertThat(backOff.after(Integer.MAX_VALUE)).isEqualTo(Duration.ofMinutes(15));
        assertThat(new BackOff(Duration.ofHours(1), Duration.ofMinutes(1)).after(1))
                .isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void nothingOverflows() {
        BackOff endless = new BackOff(Duration.ofNanos(1), Duration.ofSeconds(Long.MAX_VALUE));

        assertThat(endless.after(63)).isEqualTo(Duration.ofNanos(1L << 62));
        assertThat(endless.after(1000)).isPositive();
    }

    @Test
    void noTryCountsAsOne() {
        assertThat(backOff.after(0)).isEqualTo(Duration.ofSeconds(10));
        assertThat(backOff.after(Integer.MIN_VALUE)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void jitterMovesByAFifthAndNeverBeyondTheLongest() {
        assertThat(backOff.jittered(1, 0)).isEqualTo(Duration.ofSeconds(8));
        assertThat(backOff.jittered(1, 0.5)).isEqualTo(Duration.ofSeconds(10));
        assertThat(backOff.jittered(1, 1)).isEqualTo(Duration.ofSeconds(12));
        assertThat(backOff.jittered(100, 1)).isEqualTo(Duration.ofMinutes(15));

        Random random = new Random(7);
        for (int i = 0; i < 1000; i++) {
            assertThat(backOff.jittered(2, random.nextDouble()))
                    .isBetween(Duration.ofSeconds(16), Duration.ofSeconds(24));
        }
    }

    @Test
    void aWaitIsLongerThanNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new BackOff(Duration.ZERO, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(-1)));
    }
}
