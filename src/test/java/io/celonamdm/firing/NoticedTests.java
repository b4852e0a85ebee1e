package io.celonamdm.firing;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.clock.OwnedClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A firing that yields to a pull takes up nothing until the last of its work has ended. */
class NoticedTests {
    private final OwnedClock clock = new OwnedClock(Instant.parse("2027-03-01T04:30:00Z"));
    private boolean due;
    private int asked;

    private final Noticed noticed = new Noticed(
            () -> {
                asked++;
                return due;
            },
            Duration.ofSeconds(1),
            clock);

    @Test
    void aYesHoldsUntilItIsAskedAgain() {
        due = true;

        assertThat(noticed.getAsBoolean()).isTrue();
        clock.pass(Duration.ofMillis(999));
        assertThat(noticed.getAsBoolean()).isTrue();
        assertThat(asked).isEqualTo(1);

        due = false;
        clock.pass(Duration.ofMillis(1));
        assertThat(noticed.getAsBoolean()).isFalse();
    }

    @Test
    void aNoHoldsUntilItIsAskedAgain() {
        assertThat(noticed.getAsBoolean()).isFalse();
        due = true;
        clock.pass(Duration.ofMillis(999));
        assertThat(noticed.getAsBoolean()).isFalse();

        clock.pass(Duration.ofMillis(1));
        assertThat(noticed.getAsBoolean()).isTrue();
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void aClockThatWasSetBackDoesNotMakeAnAnswerHoldLonger() {
        assertThat(noticed.getAsBoolean()).isFalse();
        due = true;
        clock.pass(Duration.ofHours(-2));

        assertThat(noticed.getAsBoolean()).isTrue();
    }
}
