package io.celonamdm.http;

/**
 * A failure whose meaning its thrower knows better than anyone who looks at the exception. It has no cause, since Camel's
 * doCatch hands over the innermost one: the words say it all.
 */
public class KnownFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    /** The failure in the caller's words. */
    public KnownFailure(Failure failure) {
        super(failure.reason());
        this.failure = failure;
    }

    /** What it means. */
    public Failure failure() {
        return failure;
    }
}
