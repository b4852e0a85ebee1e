package io.celonamdm.control;

import org.jspecify.annotations.Nullable;

/** A person's reason for a request, for the audit. */
public final class Reason {
    private Reason() {}

    /**
     * The reason without surrounding blanks.
     *
     * @throws RequestRejected if it is missing
     */
    public static String required(@Nullable String reason) {
        String given = optional(reason);
        if (given.isEmpty()) {
            throw RequestRejected.invalid("\"reason\" is missing: say for the audit why");
        }
        return given;
    }

    /** The same; empty if it is missing. */
    static String optional(@Nullable String reason) {
        return reason == null ? "" : reason.strip();
    }
}
