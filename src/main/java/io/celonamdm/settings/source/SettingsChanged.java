package io.celonamdm.settings.source;

import io.celonamdm.settings.ConnectorSettings;
import java.util.List;

/**
 * Files have changed, and their new settings are valid. Listeners use the new settings from now on; if one of them
 * cannot, it throws, and the event is sent to all listeners again.
 *
 * @param settings all settings; those of syncs apply from now on
 * @param changes the differences from the previous settings
 */
public record SettingsChanged(ConnectorSettings settings, List<SettingChange> changes) {}
