package io.celonamdm.http;

/**
 * A failure that its thrower has classified. It has no cause, because Camel's doCatch would hand over the innermost
 * one; the message is complete.
 */
public class KnownFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    /** The failure in the thrower's words. */
    public KnownFailure(Failure failure) {
        super(failure.reason());
        this.failure = failure;
    }

    /** Its meaning. */
    public Failure failure() {
        return failure;
    }
}
