package io.celonamdm.http;

import java.util.Optional;

/** Knows what exceptions of other packages mean for a call. */
@FunctionalInterface
public interface FailureReader {

    /** What the failure means; nothing if this reader does not know it. */
    Optional<Failure> read(Throwable failure);
}
