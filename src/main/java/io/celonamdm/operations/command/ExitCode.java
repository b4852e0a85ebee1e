package io.celonamdm.operations.command;

import java.util.Locale;

/** How a command ended. The numbers are stable; 1 is a start that failed, such as by wrong settings. */
public enum ExitCode {
    /** All that there was to do is done. */
    DONE(0),
    /** All went well, but devices still wait, for instance for a phone to be switched on; the next call goes on. */
    WAITING(2),
    /** Some devices became dead letters, or are in doubt; the others went on. */
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
    NOT_READY(9);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /** The process's exit code. */
    public int number() {
        return number;
    }

    /** Its name on the command line, such as {@code approval-needed}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
