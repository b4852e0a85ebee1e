package io.celonamdm.ledger.database;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Keyset pagination: each page begins after the last key of the previous one. Every page costs the same, and concurrent
 * changes shift nothing. A page is read only once the previous one is processed.
 */
public final class Keyset {
    private Keyset() {}

    /**
     * All pages before the first empty one.
     *
     * @param beginning a key before all others
     * @param page reads the page after a key
     * @param key the key of a row
     */
    public static <K, T> Stream<List<T>> pages(K beginning, Function<K, List<T>> page, Function<T, K> key) {
        return Stream.iterate(
                page.apply(beginning),
                rows -> !rows.isEmpty(),
                rows -> page.apply(key.apply(rows.get(rows.size() - 1))));
    }

    /** The rows of all {@link #pages}. */
    public static <K, T> Stream<T> rows(K beginning, Function<K, List<T>> page, Function<T, K> key) {
        return pages(beginning, page, key).flatMap(List::stream);
    }
}
