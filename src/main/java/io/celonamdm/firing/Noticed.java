package io.celonamdm.firing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * The answer to a question that is asked once in a while. A yes holds until then as well as a no: a firing that yields
 * takes up nothing while the rest of its work ends.
 */
final class Noticed implements BooleanSupplier {
    private final BooleanSupplier question;
    private final Duration holds;
    private final Clock clock;
    private Instant asked = Instant.MIN;
    private boolean answer;

    Noticed(BooleanSupplier question, Duration holds, Clock clock) {
        this.question = question;
        this.holds = holds;
        this.clock = clock;
    }

    @Override
    public boolean getAsBoolean() {
        Instant now = clock.instant();
        if (now.isBefore(asked) || !now.isBefore(asked.plus(holds))) {
            asked = now;
            answer = question.getAsBoolean();
        }
        return answer;
    }
}
