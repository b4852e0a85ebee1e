package io.celonamdm.csv;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file that is not readable as CSV at all; the message says why, and what to do. */
public final class UnreadableFile extends IOException {
    private static final long serialVersionUID = 1;

    /** @param message the problem, with its line if there is one */
    public UnreadableFile(@Nullable String message) {
        super(message);
    }
}
