package io.celonamdm.http;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.text.Excerpt;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of a failed call for its caller.
 *
 * @param kind the kind of failure
 * @param code the stable code
 * @param reason the failure in words, the vendor's own where there are any
 * @param again the earliest time for a retry, if the vendor named one
 */
public record Failure(
        Kind kind, ReasonCode code, String reason, @Nullable Instant again) {
    private static final int LONGEST = 1000;

    /** Removes secrets from what the reason quotes, wherever it comes from. */
    public Failure {
        reason = Excerpt.of(reason, LONGEST);
    }

    /** When a retry that is due at a time may be made: not before the vendor's own time. */
    public Instant notBefore(Instant due) {
        return again != null && again.isAfter(due) ? again : due;
    }

    /** The kind of failure, which decides what may follow. */
    public enum Kind {
        /** The call was not processed: it may be made again, later. */
        TRANSIENT,
        /** The vendor does not accept the caller: further calls are pointless until a person changes something. */
        CONFIGURATION,
        /** The call may have been processed: whether it may be made again depends on the call. */
        OUTCOME_UNKNOWN,
        /** The vendor read the call and refused it. */
        REFUSED,
        /** The call did not fail: the ledger did, or this connector itself. */
        INTERNAL
    }
}
