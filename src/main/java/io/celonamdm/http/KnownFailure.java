package io.celonamdm.http;

/** A failure whose meaning its thrower knows better than anyone who looks at the exception. */
public class KnownFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    /** The failure in the caller's words, with the exception behind it. */
    public KnownFailure(Failure failure, Throwable cause) {
        super(failure.reason(), cause);
        this.failure = failure;
    }

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
