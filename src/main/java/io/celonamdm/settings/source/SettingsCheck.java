package io.celonamdm.settings.source;

import io.celonamdm.settings.ConnectorSettings;
import java.util.List;

/** A rule for settings that change while the connector runs; it needs more than the settings to decide. */
@FunctionalInterface
public interface SettingsCheck {
    /** One text per problem, which names the key; empty if the settings can be used. */
    List<String> problems(ConnectorSettings settings);
}
