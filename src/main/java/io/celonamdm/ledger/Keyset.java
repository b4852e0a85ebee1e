package io.celonamdm.ledger;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Keyset pagination: each page begins behind the last key of the one before, so that a page costs the same wherever it is,
 * and what changes meanwhile shifts nothing. A page is read once all of the one before is done with.
 */
final class Keyset {
    private Keyset() {}

    /**
     * All pages up to the first one that is empty.
     *
     * @param beginning a key before all others
     * @param page reads the page behind a key
     * @param key the key of a row
     */
    static <K, T> Stream<List<T>> pages(K beginning, Function<K, List<T>> page, Function<T, K> key) {
        return Stream.iterate(
                page.apply(beginning),
                rows -> !rows.isEmpty(),
                rows -> page.apply(key.apply(rows.get(rows.size() - 1))));
    }

    /** The rows of all {@link #pages}. */
    static <K, T> Stream<T> rows(K beginning, Function<K, List<T>> page, Function<T, K> key) {
        return pages(beginning, page, key).flatMap(List::stream);
    }
}
