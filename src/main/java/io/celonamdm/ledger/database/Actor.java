package io.celonamdm.ledger.database;

/** The person or service behind the current request. */
@FunctionalInterface
public interface Actor {
    /** The name of the signed-in person or service. */
    String name();
}
