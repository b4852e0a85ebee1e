package io.celonamdm.settings.check;

import io.celonamdm.settings.secret.Secrets;
import java.util.List;
import java.util.Optional;
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
            List<Setting> path = Setting.path(key);
            Setting last = path.get(path.size() - 1);
            Optional<ConfigurationPropertyName> list = listInPlaceOfNames(key, path, written);
            if (list.isPresent()) {
                problems.addUnread(list.get(), "must be settings by name below this key, not a list");
                continue;
            }
            boolean known = path.size() == key.getNumberOfElements();
            if (!known) {
                problems.addUnknown(key.chop(path.size() + 1), unknown(key, last));
            }
            written.misread(key)
                    .filter(text ->
                            (known && last.isText()) || OCTAL.matcher(text).matches())
                    .ifPresent(text -> problems.addUnread(key, misread(known && last.secret() ? Secrets.MASK : text)));
            written.unset(key).ifPresent(text -> problems.addUnread(key, text));
        }
    }

    /** The key of a list that stands where settings have names. A name may be a number, but lists begin at 0. */
    private static Optional<ConfigurationPropertyName> listInPlaceOfNames(
            ConfigurationPropertyName key, List<Setting> path, WrittenSettings written) {
        for (int element = 1; element < Math.min(path.size() + 1, key.getNumberOfElements()); element++) {
            ConfigurationPropertyName above = key.chop(element);
            if (key.isNumericIndex(element)
                    && path.get(element - 1).hasNames()
                    && written.origin(above.append("[0]")).isPresent()) {
                return Optional.of(above);
            }
        }
        return Optional.empty();
    }

    private static String misread(String text) {
        return "is written %s, which YAML takes for another value; put it in quotes, or leave out zeros in front"
                .formatted(text);
    }

    private static String unknown(ConfigurationPropertyName key, Setting last) {
        return "unknown key; "
                + NearestKey.to(key)
                        .map(near -> "did you mean " + near + "?")
                        .orElseGet(() -> !last.isGroup()
                                ? key.chop(Setting.path(key).size()) + " has no keys below it"
                                : "known here are "
                                        + String.join(", ", last.members().keySet())
                                        + (HOSTS.isAncestorOf(key)
                                                ? "; a host name with dots is written in brackets: \"[api.example.com]\""
                                                : ""));
    }
}
