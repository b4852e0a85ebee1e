package io.celonamdm.ledger.run;

import io.celonamdm.esim.SyncName;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
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
 * @param pull the state of its pull
 * @param pullDueAt when the pull is due (again)
 * @param pullAttempts how often the pull was made
 * @param comparisonDueAt when the comparison of done devices goes on; null if it is over, and before the plan
 * @param records inventory records that its pull has shown
 * @param inventory devices with a usable EID
 * @param planned devices that its plan admits
 * @param served devices of the inventory that the sync's rules let in; null if nothing was pulled for it
 * @param credible whether its pull was credible
 * @param outcome how it ended; null while it is open
 * @param code why it did not end well
 * @param reason the same in words
 * @param report its counts, as JSON
 */
public record Run(
        long id,
        SyncName sync,
        Cause cause,
        boolean planOnly,
        Instant openedAt,
        Instant windowEndsAt,
        @Nullable Instant closedAt,
        PullState pull,
        @Nullable Instant pullDueAt,
        int pullAttempts,
        @Nullable Instant comparisonDueAt,
        int records,
        int inventory,
        int planned,
        @Nullable Integer served,
        boolean credible,
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

    /** The state of a run's pull. */
    public enum PullState {
        /** It is still due. */
        WANTED,
        /** It is complete, and the plan is made. */
        DONE,
        /** It was given up. */
        FAILED
    }

    /** How a run ended: the last of these that applies. {@code docs/reason-codes.md} explains each. */
    public enum Outcome {
        /** The night did what the settings promise; devices may wait for their phones. */
        SUCCESS,
        /** Some devices became dead letters, or a part of the inventory could not be read; the others went on. */
        PARTIAL,
        /** Its window ended before its work did. */
        UNFINISHED,
        /** Devices became dead letters, and none went on. */
        ALL_FAILED,
        /** No eSIM is left in the customer's pool. */
        POOL_EXHAUSTED,
        /** Devices are in doubt, from this run or from earlier ones. */
        IN_DOUBT,
        /** A guard holds all new devices back. */
        HELD_FOR_APPROVAL,
        /** The sync was paused, so that nothing was sent. */
        PAUSED,
        /** Only a plan was asked for, and made. */
        PLANNED,
        /** The rules let in no device of the inventory. */
        NOTHING_SERVED,
        /** The inventory, or the part that the rules let in, is far smaller than before or than allowed. */
        INVENTORY_FELL,
        /** The MDM showed records, but none could be read as a device. */
        NOTHING_READ,
        /** The MDM showed no record. */
        EMPTY_INVENTORY,
        /** No plan could be made. */
        FAILED,
        /** The sync is quarantined. */
        QUARANTINED,
        /** A person ended it; its devices stay at their steps until the next run. */
        CANCELLED;

        /** Outcomes that count as a good night. */
        public static final Set<Outcome> GOOD = Collections.unmodifiableSet(EnumSet.of(SUCCESS, PARTIAL));

        /** Whether people should know of it, whatever the sync did before. */
        public boolean isBad() {
            return !GOOD.contains(this) && this != PLANNED;
        }

        /** Whether it counts as a good night for freshness. */
        public boolean isGood() {
            return GOOD.contains(this);
        }
    }
}
