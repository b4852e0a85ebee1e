package io.celonamdm.control;

/** A person's request that was not carried out. Nothing has changed; the message says why, and what to do instead. */
public final class RequestRejected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    private RequestRejected(int status, String message) {
        super(message);
        this.status = status;
    }

    /** Something is missing or malformed. */
    public static RequestRejected invalid(String message) {
        return new RequestRejected(400, message);
    }

    /** There is no such thing. */
    public static RequestRejected notFound(String message) {
        return new RequestRejected(404, message);
    }

    /** It is not possible as things stand. */
    public static RequestRejected conflict(String message) {
        return new RequestRejected(409, message);
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
