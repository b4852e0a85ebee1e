package io.celonamdm.operations.needs;

import io.celonamdm.esim.SyncName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something of a sync that waits for a person.
 *
 * @param kind its kind
 * @param code its code
 * @param devices the number of devices; 0 if it concerns the sync as a whole
 * @param since since when it waits, if the ledger knows
 * @param reason the current state
 * @param meaning what the code means
 * @param todo what to do
 */
public record Need(
        Kind kind, String code, long devices, @Nullable Instant since, String reason, String meaning, String todo) {

    /** What may wait for a person, the most urgent first. */
    public enum Kind {
        /** The circuit breaker is open. */
        QUARANTINE(true, "quarantine"),
        /** The latest run was not a good one. */
        NIGHT(true, "night"),
        /** The sync is paused. */
        PAUSED(true, "night"),
        /** No good run for longer than a day. */
        NO_GOOD_RUN(true, "night"),
        /** Devices are in doubt. */
        IN_DOUBT(true, "night"),
        /** A guard holds devices back. */
        APPROVAL(true, "night"),
        /** No eSIM is left. */
        POOL(true, "night"),
        /** No eSIM can be activated, for an unknown reason. */
        UNCLEAR(true, "night"),
        /** Devices failed for good. */
        DEAD_LETTER(false, "dead letter"),
        /** Devices are held for a reason that a person can remove. */
        HELD(false, "held"),
        /** New devices wait for the night. */
        LOOK(false, "look"),
        /** The settings limit the sync to plans. */
        PLAN_ONLY(false, "night"),
        /** A credential expires. */
        EXPIRY(false, "preflight");

        private final boolean degrades;
        private final String as;

        Kind(boolean degrades, String as) {
            this.degrades = degrades;
            this.as = as;
        }

        /** Whether it keeps the sync from doing its job. */
        public boolean degrades() {
            return degrades;
        }

        /** Whether only the bad night reports it. */
        public boolean isBadNight() {
            return this == NIGHT || this == PAUSED || this == APPROVAL;
        }

        /** Its word in the document of reason codes. */
        String as() {
            return as;
        }
    }

    /** Where on the page a person takes the next step. */
    public NextStep next(SyncName sync) {
        return NextStep.of(sync, this);
    }

    /** The same, for a template. */
    public NextStep next(String sync) {
        return next(new SyncName(sync));
    }

    /** A short text such as {@code 3 DG_NOT_FOUND}. */
    public String words() {
        return devices == 0 ? code : devices + " " + code;
    }
}
