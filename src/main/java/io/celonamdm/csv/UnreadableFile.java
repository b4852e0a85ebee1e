package io.celonamdm.csv;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file that cannot be read as CSV at all; the message says why, and what to do. */
public final class UnreadableFile extends IOException {
    private static final long serialVersionUID = 1;

    /** @param message why, with the line if it is one */
    public UnreadableFile(@Nullable String message) {
        super(message);
    }
}
