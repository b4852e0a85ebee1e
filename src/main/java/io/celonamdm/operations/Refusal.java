package io.celonamdm.operations;

import org.jspecify.annotations.Nullable;

/** Nothing was done of what a person asked for; the message says why, and what to do instead. */
public final class Refusal extends RuntimeException {
    /** Every change that a person asks for has its reason in the audit. */
    static final String NO_REASON = "\"reason\" is missing: say for the audit why";

    private static final long serialVersionUID = 1L;

    private final int status;

    private Refusal(int status, String message) {
        super(message);
        this.status = status;
    }

    /** Something is missing, or is not what it should be. */
    public static Refusal badRequest(String message) {
        return new Refusal(400, message);
    }

    /** There is no such thing. */
    public static Refusal notFound(String message) {
        return new Refusal(404, message);
    }

    /** It is not possible as things stand. */
    public static Refusal conflict(String message) {
        return new Refusal(409, message);
    }

    /**
     * The reason without what surrounds it.
     *
     * @throws Refusal if none is given
     */
    public static String reason(@Nullable String reason) {
        if (reason == null || reason.isBlank()) {
            throw badRequest(NO_REASON);
        }
        return reason.strip();
    }

    /** The HTTP status that says the same. */
    public int status() {
        return status;
    }

    /** The message, which is always there. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
