package io.celonamdm.settings.check;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** Collects what is wrong; the first problem of a key is its cause and the only one that is kept. */
final class Problems {
    private final WrittenSettings written;
    private final Map<ConfigurationPropertyName, Problem> byKey = new TreeMap<>();
    private final Set<ConfigurationPropertyName> unread = new HashSet<>();
    private final List<Problem> ofFiles;

    Problems(WrittenSettings written, List<Problem> ofFiles) {
        this.written = written;
        this.ofFiles = ofFiles;
    }

    /** Adds a value that was read and is not allowed; nothing follows from one that is spoilt already. */
    void add(ConfigurationPropertyName key, String text) {
        if (!spoil(key)) {
            put(key, text);
        }
    }

    /** Adds a value that could not be read, so that what is bound in its place means nothing. */
    void addUnread(ConfigurationPropertyName key, String text) {
        unread.add(key);
        put(key, text);
    }

    private void put(ConfigurationPropertyName key, String text) {
        String value = written.shown(key).orElse(null);
        byKey.putIfAbsent(key, new Problem(key.toString(), value, text, place(key)));
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

    /** All of them, those of whole files first. */
    List<Problem> all() {
        return Stream.concat(ofFiles.stream(), byKey.values().stream()).toList();
    }

    private @Nullable String place(ConfigurationPropertyName key) {
        return written.origin(key).map(Problem::place).orElse(null);
    }
}
