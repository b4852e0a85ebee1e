package io.celonamdm.platform.intune;

/** Thrown when a report's file is unreadable; the message says why. */
class UnreadableExport extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableExport(String message) {
        super(message);
    }

    UnreadableExport(String message, Throwable cause) {
        super(message, cause);
    }
}
