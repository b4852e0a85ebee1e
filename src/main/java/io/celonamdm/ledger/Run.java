package io.celonamdm.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a sync.
 *
 * @param id the run's id
 * @param sync the sync's name
 * @param cause what opened it
 * @param planOnly whether it ends after the plan
 * @param openedAt when it was opened
 * @param windowEndsAt until when it stays open for work that becomes due
 * @param closedAt when it was closed; null while it is open
 * @param pull how far its pull has come
 * @param pullDueAt when the pull is to be made (again)
 * @param pullAttempts how often the pull was made
 * @param assignStopped whether it sends no further assign-eid, because one is in doubt
 * @param records inventory records that its pull has shown
 * @param inventory devices with a usable EID
 * @param planned devices that its plan admits
 * @param outcome how it ended; null while it is open
 * @param code why it did not end well
 * @param reason the same in words
 * @param report its counts, as JSON
 */
public record Run(
        long id,
        String sync,
        Cause cause,
        boolean planOnly,
        Instant openedAt,
        Instant windowEndsAt,
        @Nullable Instant closedAt,
        Pull pull,
        @Nullable Instant pullDueAt,
        int pullAttempts,
        boolean assignStopped,
        int records,
        int inventory,
        int planned,
        @Nullable Outcome outcome,
        @Nullable String code,
        @Nullable String reason,
        @Nullable String report) {

    /** What opened a run. */
    public enum Cause {
        /** The sync's schedule. */
        NIGHTLY,
        /** A person. */
        ON_DEMAND,
        /** A person who approved a plan. */
        APPROVED
    }

    /** How far a run's pull has come. */
    public enum Pull {
        /** It is to be made. */
        WANTED,
        /** It is complete, and the plan is made. */
        DONE,
        /** It was given up. */
        FAILED
    }

    /** How a run ended. */
    public enum Outcome {
        /** Each device that was worked on is done or waits for its turn. */
        SUCCESS,
        /** Some devices became dead letters or are in doubt; the others went on. */
        PARTIAL,
        /** Only a plan was asked for, and made. */
        PLANNED,
        /** The sync is quarantined. */
        QUARANTINED,
        /** No plan could be made. */
        FAILED,
        /** A person ended it; its devices stay at their steps until the next run. */
        CANCELLED
    }
}
