package io.celonamdm.settings;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** A rule over several settings of one sync. */
interface SyncRule {
    /** Adds what is wrong with the sync whose key is {@code at}. */
    void check(ConfigurationPropertyName at, SyncSettings sync, Problems problems);
}
