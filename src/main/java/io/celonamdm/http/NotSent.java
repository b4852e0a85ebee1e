package io.celonamdm.http;

/** A call of which nothing has left this process for the vendor, so it may be repeated. */
public final class NotSent extends KnownFailure {
    private static final long serialVersionUID = 1L;

    private final Obstacle obstacle;

    /** The obstacle. */
    public enum Obstacle {
        /** The host name does not resolve. */
        NAME,
        /** The host accepts no connection. */
        CONNECTION,
        /** The host's certificate is not trusted, or TLS failed otherwise. */
        TLS,
        /** A proxy refused to connect to the host. */
        PROXY,
        /** This connector itself: it keeps to a limit, stops, or cannot reach its ledger. */
        OURSELVES
    }

    /** The failure with its obstacle. */
    public NotSent(Obstacle obstacle, Failure failure) {
        super(failure);
        this.obstacle = obstacle;
    }

    /** The obstacle. */
    public Obstacle obstacle() {
        return obstacle;
    }
}
