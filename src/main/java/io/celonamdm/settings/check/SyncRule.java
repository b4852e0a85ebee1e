package io.celonamdm.settings.check;

import io.celonamdm.settings.SyncSettings;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** A rule over several settings of one sync, which is asked once for each of them. */
interface SyncRule {
    /** Adds what is wrong with the sync whose key is {@code at}. */
    void check(ConfigurationPropertyName at, SyncSettings sync, Problems problems);
}
