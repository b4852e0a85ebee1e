package io.celonamdm.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;

/** Collects what is wrong; the first problem of a key is its cause and the only one that is kept. */
final class Problems {
    /** How Spring describes a file, around its path. */
    private static final Pattern FILE = Pattern.compile("^(?:file|URL) \\[(?:file:)?(.*)]$");

    private final WrittenSettings written;
    private final Map<ConfigurationPropertyName, Problem> byKey = new TreeMap<>();
    private final Set<ConfigurationPropertyName> unread = new HashSet<>();
    private final List<Problem> apart = new ArrayList<>();

    Problems(WrittenSettings written) {
        this.written = written;
    }

    /** Adds a value that was read and is not allowed. */
    void add(ConfigurationPropertyName key, String text) {
        boolean secret = KeyMatch.of(key).isSecret();
        String value = written.value(key).map(raw -> Secrets.shown(raw, secret)).orElse(null);
        byKey.putIfAbsent(key, new Problem(key.toString(), value, text, place(key)));
    }

    /** Adds a value that could not be read, so that what is bound in its place means nothing. */
    void addUnread(ConfigurationPropertyName key, String text) {
        unread.add(key);
        add(key, text);
    }

    /** Adds a key that is not known; its value is not shown, because it may well be a secret. */
    void addUnknown(ConfigurationPropertyName key, String text) {
        byKey.putIfAbsent(key, new Problem(key.toString(), null, text, place(key)));
    }

    /** Whether what is bound at the key is not what the operator meant, so that nothing follows from it. */
    boolean spoil(ConfigurationPropertyName key) {
        return byKey.containsKey(key) || unread.stream().anyMatch(above -> above.isAncestorOf(key));
    }

    /** Whether a value at the key or below it could not be read. */
    boolean unreadWithin(ConfigurationPropertyName key) {
        return unread.stream().anyMatch(below -> below.equals(key) || key.isAncestorOf(below));
    }

    /** Adds what is wrong with a file or a folder as a whole. */
    void addAll(List<Problem> others) {
        apart.addAll(others);
    }

    /** All of them, those of whole files first. */
    List<Problem> all() {
        return Stream.concat(apart.stream(), byKey.values().stream()).toList();
    }

    private @Nullable String place(ConfigurationPropertyName key) {
        return written.origin(key).map(Problems::place).orElse(null);
    }

    /** The file and line, as far as they are known. */
    static String place(Origin origin) {
        Origin inner =
                origin instanceof PropertySourceOrigin outer && outer.getOrigin() != null ? outer.getOrigin() : origin;
        if (inner instanceof TextResourceOrigin text && text.getResource() != null && text.getLocation() != null) {
            return FILE.matcher(text.getResource().getDescription()).replaceFirst("$1")
                    + ", line "
                    + (text.getLocation().getLine() + 1);
        }
        return inner.toString();
    }
}
