package io.celonamdm.settings;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** Finds keys that would be ignored, which is how a misspelt setting goes unnoticed. */
final class UnknownKeys {
    private static final ConfigurationPropertyName HOSTS = ConfigurationPropertyName.of("connector.http.hosts");

    private UnknownKeys() {}

    static void check(WrittenSettings written, Problems problems) {
        for (ConfigurationPropertyName key : written.exactKeys()) {
            KeyMatch match = KeyMatch.of(key);
            if (!match.isKnown()) {
                problems.addUnknown(match.unknown(), text(match));
            }
        }
    }

    private static String text(KeyMatch match) {
        return "unknown key; "
                + NearestKey.to(match).map(near -> "did you mean " + near + "?").orElseGet(() -> known(match));
    }

    private static String known(KeyMatch match) {
        if (!match.last().isGroup()) {
            return match.unknown().getParent() + " has no keys below it";
        }
        String known =
                "known here are " + String.join(", ", match.last().members().keySet());
        return HOSTS.isAncestorOf(match.key())
                ? known + "; a host name with dots is written in brackets: \"[api.example.com]\""
                : known;
    }
}
