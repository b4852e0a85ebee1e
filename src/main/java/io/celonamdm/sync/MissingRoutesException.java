package io.celonamdm.sync;

import java.util.List;

/** A sync's platform has not all of the routes that the sync needs. */
public class MissingRoutesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MissingRoutesException(List<String> missing) {
        super("Routes are missing:\n\n- " + String.join("\n- ", missing));
    }
}
