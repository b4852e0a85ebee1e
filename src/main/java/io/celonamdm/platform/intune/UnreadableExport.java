package io.celonamdm.platform.intune;

/** Says why a report's file cannot be read. */
class UnreadableExport extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableExport(String message) {
        super(message);
    }

    UnreadableExport(String message, Throwable cause) {
        super(message, cause);
    }
}
