package io.celonamdm.ledger.run;

/** A firing may not write: another one of its sync is under way, most likely on another replica. */
public class NotTheFiring extends RuntimeException {
    NotTheFiring(String message) {
        super(message);
    }
}
