package io.celonamdm.firing;

import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Counts calls that a pull or a look makes alongside another one of its own, so that these and the calls of the work
 * keep to {@code mdm.max-concurrency} together.
 */
@Component
public class ParallelCalls {
    /** Instantiated by the routes that make several calls at once. */
    public ParallelCalls() {}

    /**
     * Waits until such a call may be made.
     *
     * @throws io.celonamdm.http.KnownFailure if the pull or the look was called off
     */
    public void begins(
            @ExchangeProperty("firing") @Nullable Firing firing,
            @ExchangeProperty("alongside") @Nullable Boolean alongside)
            throws InterruptedException {
        if (firing != null && Boolean.TRUE.equals(alongside)) {
            firing.inFlight().callsAlongside(firing.sync());
        }
    }

    /** Records the end of such a call. */
    public void ends(
            @ExchangeProperty("firing") @Nullable Firing firing,
            @ExchangeProperty("alongside") @Nullable Boolean alongside) {
        if (firing != null && Boolean.TRUE.equals(alongside)) {
            firing.inFlight().calledAlongside(firing.sync());
        }
    }
}
