package io.celonamdm.settings.source;

import io.celonamdm.settings.ConnectorSettings;
import java.util.List;

/** A rule for settings that are taken up while the connector runs, which needs to know more than the settings. */
@FunctionalInterface
public interface SettingsCheck {
    /** What is wrong with them, each in a text that names the key; empty if they can be used. */
    List<String> problems(ConnectorSettings settings);
}
