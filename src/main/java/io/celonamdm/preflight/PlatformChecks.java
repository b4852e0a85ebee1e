package io.celonamdm.preflight;

import io.celonamdm.sync.Sync;
import java.util.List;

/** The checks of a platform that ships with the connector. */
public interface PlatformChecks {
    /** The platform's name. */
    String platform();

    /** Whether the sync needs what is checked here. */
    default boolean serves(Sync sync) {
        return platform().equals(sync.platform());
    }

    /** The checks of what the sync's settings need, in their order. */
    List<Check> of(Sync sync);
}
