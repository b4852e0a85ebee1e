package io.celonamdm.ledger;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Long lists in parts, so that neither a statement's parameters nor what is in memory grow with the fleet. */
final class Chunks {
    /** Ids or short rows. */
    static final int SIZE = 1000;

    /** Rows with inventory records, of which each may have tens of kilobytes. */
    static final int RECORDS = 500;

    private Chunks() {}

    static <T> Stream<List<T>> of(List<T> all) {
        return of(all, SIZE);
    }

    static <T> Stream<List<T>> of(List<T> all, int size) {
        return IntStream.iterate(0, from -> from < all.size(), from -> from + size)
                .mapToObj(from -> all.subList(from, Math.min(all.size(), from + size)));
    }
}
