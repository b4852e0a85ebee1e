package io.celonamdm.operations.command;

import io.celonamdm.ledger.Run;
import java.util.Locale;

/** How a command ended. The numbers are stable; 1 is a start that failed, such as by wrong settings. */
public enum ExitCode {
    /** All that there was to do is done. */
    DONE(0),
    /** All went well, but devices still wait, for example for a phone that is off; the next call continues. */
    WAITING(2),
    /** Some devices became dead letters, or a part of the inventory could not be read; the others went on. */
    PARTIAL(3),
    /** The sync is quarantined; the next call probes. */
    QUARANTINED(4),
    /** No plan could be made, or a person has cancelled the run. */
    FAILED(5),
    /** A guard holds the new devices back until a person approves the plan. */
    APPROVAL_NEEDED(6),
    /** Nothing was done: the sync is unknown, or another process works on it. */
    REFUSED(7),
    /** A preflight found something that somebody should look at; the syncs can work. */
    WARNED(8),
    /** A preflight found something without which a sync cannot work. */
    NOT_READY(9),
    /** Devices are in doubt; nothing is sent for them until that is decided. */
    IN_DOUBT(10),
    /** The inventory is empty, unreadable, admitted by no rule, or far smaller than before. */
    BAD_INVENTORY(11),
    /** No eSIM is left in the customer's pool; the next call continues. */
    POOL_EXHAUSTED(12),
    /** Devices became dead letters, and none went on. */
    ALL_FAILED(13),
    /** The run's window ended before its work; the next call continues. */
    UNFINISHED(14),
    /** The sync is paused, so that nothing was sent. */
    PAUSED(15),
    /** The run went well, but something of earlier ones waits for a person. */
    PERSON_NEEDED(16);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /** The process's exit code. */
    public int number() {
        return number;
    }

    /**
     * How a run ended, and what it left.
     *
     * @param needs whether something waits for a person
     * @param waiting whether devices wait
     */
    public static ExitCode of(Run.Outcome outcome, boolean needs, boolean waiting) {
        ExitCode code = of(outcome);
        if (code != DONE) {
            return code;
        }
        if (needs) {
            return PERSON_NEEDED;
        }
        return waiting ? WAITING : DONE;
    }

    static ExitCode of(Run.Outcome outcome) {
        return switch (outcome) {
            case SUCCESS, PLANNED -> DONE;
            case PARTIAL -> PARTIAL;
            case UNFINISHED -> UNFINISHED;
            case ALL_FAILED -> ALL_FAILED;
            case POOL_EXHAUSTED -> POOL_EXHAUSTED;
            case IN_DOUBT -> IN_DOUBT;
            case HELD_FOR_APPROVAL -> APPROVAL_NEEDED;
            case PAUSED -> PAUSED;
            case NOTHING_SERVED, INVENTORY_FELL, NOTHING_READ, EMPTY_INVENTORY -> BAD_INVENTORY;
            case FAILED, CANCELLED -> FAILED;
            case QUARANTINED -> QUARANTINED;
        };
    }

    /** Its name on the command line, such as {@code approval-needed}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
