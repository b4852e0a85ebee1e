package io.celonamdm.control;

/** Thrown when a person's request is rejected. Nothing has changed; the message says why, and what to do instead. */
public final class RequestRejected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    private RequestRejected(int status, String message) {
        super(message);
        this.status = status;
    }

    /** Rejects a missing or malformed value. */
    public static RequestRejected invalid(String message) {
        return new RequestRejected(400, message);
    }

    /** Rejects an unknown object. */
    public static RequestRejected notFound(String message) {
        return new RequestRejected(404, message);
    }

    /** Rejects what the current state does not allow. */
    public static RequestRejected conflict(String message) {
        return new RequestRejected(409, message);
    }

    /** The HTTP status for the rejection. */
    public int status() {
        return status;
    }

    /** The message; never null. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
