package io.celonamdm.simulator.jamf;

/** Thrown when a parameter is not acceptable; becomes an ApiError with status 400. */
final class BadRequest extends RuntimeException {
    BadRequest(String description) {
        super(description, null, false, false);
    }

    String description() {
        return String.valueOf(getMessage());
    }
}
