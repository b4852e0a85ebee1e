package io.celonamdm.platform.csv;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file that cannot be read as CSV at all; the message says why, and what to do. */
final class UnreadableFile extends IOException {
    private static final long serialVersionUID = 1;

    UnreadableFile(@Nullable String message) {
        super(message);
    }
}
