package io.celonamdm.settings.check;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** Collects problems; a key keeps only its first, which is the cause of the others. */
final class Problems {
    private final WrittenSettings written;
    private final Map<ConfigurationPropertyName, Problem> byKey = new TreeMap<>();
    private final Set<ConfigurationPropertyName> unread = new HashSet<>();

    Problems(WrittenSettings written) {
        this.written = written;
    }

    /** Adds a value that is not allowed, unless it already has a problem. */
    void add(ConfigurationPropertyName key, String text) {
        if (!spoil(key)) {
            put(key, written.shown(key), text);
        }
    }

    /** Adds a value that could not be read; the value bound instead is meaningless. */
    void addUnread(ConfigurationPropertyName key, String text) {
        unread.add(key);
        put(key, written.shown(key), text);
    }

    /** Adds an unknown key; its value is not shown because it may be a secret. */
    void addUnknown(ConfigurationPropertyName key, String text) {
        put(key, null, text);
    }

    private void put(ConfigurationPropertyName key, @Nullable String value, String text) {
        String place = written.origin(key).map(Problem::place).orElse(null);
        byKey.putIfAbsent(key, new Problem(key.toString(), value, text, place));
    }

    /** Whether this value already has a problem, so that later checks skip it. */
    boolean spoil(ConfigurationPropertyName key) {
        return byKey.containsKey(key) || unread.stream().anyMatch(above -> above.isAncestorOf(key));
    }

    /** Whether a value at the key or below it could not be read. */
    boolean unreadWithin(ConfigurationPropertyName key) {
        return unread.stream().anyMatch(below -> below.equals(key) || key.isAncestorOf(below));
    }

    /** Whether a value at the key or below it has a problem. */
    boolean troubledWithin(ConfigurationPropertyName key) {
        return spoil(key) || unreadWithin(key) || byKey.keySet().stream().anyMatch(below -> key.isAncestorOf(below));
    }

    /** All problems, those of whole files first. */
    List<Problem> and(List<Problem> ofFiles) {
        return Stream.concat(ofFiles.stream(), byKey.values().stream()).toList();
    }
}
