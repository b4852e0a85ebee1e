package io.celonamdm.settings.source;

import io.celonamdm.settings.ConnectorSettings;
import java.util.List;

/**
 * Files have changed, and what they say now was found to be right. Whoever hears this uses the new settings from here on;
 * if one of them cannot, it throws, and all of them hear it again.
 *
 * @param settings all settings, of which those of syncs count from now on
 * @param changes what differs from the settings that were in force before
 */
public record SettingsChanged(ConnectorSettings settings, List<SettingChange> changes) {}
