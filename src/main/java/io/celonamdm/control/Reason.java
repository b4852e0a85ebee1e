package io.celonamdm.control;

import org.jspecify.annotations.Nullable;

/** Why a person asks for something, for the audit. */
public final class Reason {
    private Reason() {}

    /**
     * The reason without surrounding blanks.
     *
     * @throws RequestRejected if there is none
     */
    public static String required(@Nullable String reason) {
        String given = optional(reason);
        if (given.isEmpty()) {
            throw RequestRejected.invalid("\"reason\" is missing: say for the audit why");
        }
        return given;
    }

    /** The same; empty if there is none. */
    static String optional(@Nullable String reason) {
        return reason == null ? "" : reason.strip();
    }
}
