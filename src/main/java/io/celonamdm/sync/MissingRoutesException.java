package io.celonamdm.sync;

import java.util.List;

/** Thrown when a sync's platform lacks routes that the sync needs. */
public class MissingRoutesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MissingRoutesException(List<String> missing) {
        super("Routes are missing:\n\n- " + String.join("\n- ", missing));
    }
}
