package io.celonamdm.http;

/** A call of which nothing has left this process for the vendor, so that it may be made again. */
public final class NotSent extends KnownFailure {
    private static final long serialVersionUID = 1L;

    private final Obstacle obstacle;

    /** What was in the way. */
    public enum Obstacle {
        /** The host's name has no address. */
        NAME,
        /** The host takes no connection. */
        CONNECTION,
        /** The host's certificate is not trusted, or TLS failed otherwise. */
        TLS,
        /** A proxy would not connect to the host. */
        PROXY,
        /** This connector itself: it keeps to a limit, stops, or cannot ask its ledger. */
        OURSELVES
    }

    /** The failure, and what was in the way. */
    public NotSent(Obstacle obstacle, Failure failure) {
        super(failure);
        this.obstacle = obstacle;
    }

    /** What was in the way. */
    public Obstacle obstacle() {
        return obstacle;
    }
}
