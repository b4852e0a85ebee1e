package io.celonamdm.operations.needs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something of a sync that goes on only once a person has done something.
 *
 * @param kind what kind of thing it is
 * @param code its code
 * @param devices how many devices it is about; 0 if it is about the sync as a whole
 * @param since since when it waits, as far as the ledger knows
 * @param reason how it is just now
 * @param meaning what the code means
 * @param todo what to do
 */
public record Need(
        Kind kind, String code, long devices, @Nullable Instant since, String reason, String meaning, String todo) {

    /** Kinds of things that wait for a person, the most urgent first. */
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
        /** No eSIM can be activated, and nobody knows why. */
        UNCLEAR(true, "night"),
        /** Devices failed for good. */
        DEAD_LETTER(false, "dead letter"),
        /** Devices are held because of something that a person can mend. */
        HELD(false, "held"),
        /** The settings have the sync make plans only. */
        PLAN_ONLY(false, "night"),
        /** A credential expires. */
        EXPIRY(false, "preflight");

        private final boolean degrades;
        private final String as;

        Kind(boolean degrades, String as) {
            this.degrades = degrades;
            this.as = as;
        }

        /** Whether the sync does not do its job because of it. */
        public boolean degrades() {
            return degrades;
        }

        /** Whether it is told as a bad night, and nothing else tells it. */
        public boolean isBadNight() {
            return this == NIGHT || this == PAUSED || this == APPROVAL;
        }

        /** The word of the document of codes for it. */
        String as() {
            return as;
        }
    }

    /** The same in a few words, such as {@code 3 DG_NOT_FOUND}. */
    public String words() {
        return devices == 0 ? code : devices + " " + code;
    }
}
