package io.celonamdm.settings.check;

import io.celonamdm.settings.ConnectorSettings;
import java.util.Collection;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** Every sync that a channel names exists; nothing would ever be sent for a misspelt one. */
final class NotifiedSyncs {
    private static final ConfigurationPropertyName NOTIFICATIONS = Keys.CONNECTOR.append("notifications");

    private NotifiedSyncs() {}

    static void check(ConnectorSettings settings, Problems problems) {
        Collection<String> configured = new TreeSet<>(settings.syncs().keySet());
        settings.notifications().forEach((channel, its) -> {
            // a channel that could not be bound is already in the report
            if (its != null) {
                ConfigurationPropertyName key =
                        Keys.entry(NOTIFICATIONS, channel).append("syncs");
                String unknown = its.syncs().stream()
                        .filter(name -> !configured.contains(name))
                        .sorted()
                        .map(name -> UnknownSync.text(name, configured))
                        .collect(Collectors.joining("; "));
                if (!unknown.isEmpty()) {
                    problems.add(key, unknown);
                }
            }
        });
    }
}
