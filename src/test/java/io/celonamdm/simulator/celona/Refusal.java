package io.celonamdm.simulator.celona;

/** Thrown when a request is not acceptable; becomes an envelope with the status and the text as its error. */
final class Refusal extends RuntimeException {
    private final int status;

    Refusal(int status, String error) {
        super(error, null, false, false);
        this.status = status;
    }

    static Refusal malformed(String error) {
        return new Refusal(400, error);
    }

    int status() {
        return status;
    }

    String error() {
        return String.valueOf(getMessage());
    }
}
