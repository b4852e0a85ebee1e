package io.celonamdm.http;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.text.Excerpt;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a failed call means for its caller.
 *
 * @param kind what may be done now
 * @param code the stable code
 * @param reason the same in words, with the vendor's where there are any
 * @param again the earliest time for another try, if the vendor named one
 */
public record Failure(
        Kind kind, ReasonCode code, String reason, @Nullable Instant again) {
    private static final int LONGEST = 1000;

    /** Whoever gives the reason: what it quotes is quoted without secrets. */
    public Failure {
        reason = Excerpt.of(reason, LONGEST);
    }

    /** What may be done after a failed call. */
    public enum Kind {
        /** The call was not processed: it may be made again, later. */
        PASSING,
        /** The vendor does not accept the caller: no further call makes sense until a person has changed something. */
        CONFIGURATION,
        /** The call may have been processed: whether it may be made again depends on the call. */
        UNANSWERED,
        /** The vendor has looked at the call and refused it. */
        REFUSED,
        /** It was not the call that failed: the ledger did, or this connector itself. */
        INTERNAL
    }
}
