package io.celonamdm.preflight;

import io.celonamdm.sync.Sync;
import java.util.List;

/** What a platform that ships with the connector wants to have looked at. */
public interface PlatformChecks {
    /** The platform's name. */
    String platform();

    /** What the sync's settings make it need, in the order in which it is looked at. */
    List<Check> of(Sync sync);
}
