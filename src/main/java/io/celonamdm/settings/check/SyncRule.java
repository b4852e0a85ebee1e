package io.celonamdm.settings.check;

import io.celonamdm.settings.SyncSettings;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** A rule over several settings of a sync, checked once per sync. */
interface SyncRule {
    /** Adds the problems of the sync whose key is {@code at}. */
    void check(ConfigurationPropertyName at, SyncSettings sync, Problems problems);
}
