package io.celonamdm.simulator.web;

/** Thrown to close the connection without an answer. */
final class HangUp extends RuntimeException {
    HangUp() {
        super("connection closed without an answer", null, false, false);
    }
}
