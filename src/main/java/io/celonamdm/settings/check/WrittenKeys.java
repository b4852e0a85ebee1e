package io.celonamdm.settings.check;

import io.celonamdm.settings.Secrets;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** Checks every key as written, before it is bound. */
final class WrittenKeys {
    private static final ConfigurationPropertyName HOSTS = Keys.CONNECTOR.append("http.hosts");

    /** An octal number in YAML 1.1. */
    private static final Pattern OCTAL = Pattern.compile("[+-]?0[0-7_]+");

    private WrittenKeys() {}

    /**
     * Finds keys that would be ignored, such as misspelt ones; values that YAML read as something else; and values that
     * refer to an unset variable: inside a map, the binder would stop at the first of these and not name its key.
     */
    static void check(WrittenSettings written, Problems problems) {
        for (ConfigurationPropertyName key : written.exactKeys()) {
            KeyMatch match = KeyMatch.of(key);
            if (!match.isKnown()) {
                problems.addUnknown(match.unknown(), text(match));
            }
            written.misread(key)
                    .filter(text -> match.isText() || OCTAL.matcher(text).matches())
                    .ifPresent(text -> problems.addUnread(key, misread(match.isSecret() ? Secrets.MASK : text)));
            written.unresolved(key).ifPresent(missing -> problems.addUnread(key, CollectFailures.unset(missing)));
        }
    }

    private static String misread(String text) {
        return "is written %s, which YAML takes for another value; put it in quotes, or leave out zeros in front"
                .formatted(text);
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
