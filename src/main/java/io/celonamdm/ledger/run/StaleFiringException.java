package io.celonamdm.ledger.run;

/** Thrown if a firing may not write: another one of its sync is under way, most likely on another replica. */
public class StaleFiringException extends RuntimeException {
    StaleFiringException(String message) {
        super(message);
    }
}
