package io.celonamdm.ledger.database;

/** Who is asking at the moment. */
@FunctionalInterface
public interface Actor {
    /** The name of the person, or the service, that has signed in. */
    String name();
}
