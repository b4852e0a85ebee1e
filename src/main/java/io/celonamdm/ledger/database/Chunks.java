package io.celonamdm.ledger.database;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Long lists in parts, so that neither a statement's parameters nor what is in memory grow with the fleet. */
public final class Chunks {
    /** Ids or short rows. */
    public static final int SIZE = 1000;

    /** Rows with inventory records, of which each may have tens of kilobytes. */
    public static final int RECORDS = 500;

    private Chunks() {}

    public static <T> Stream<List<T>> of(List<T> all) {
        return of(all, SIZE);
    }

    public static <T> Stream<List<T>> of(List<T> all, int size) {
        return IntStream.iterate(0, from -> from < all.size(), from -> from + size)
                .mapToObj(from -> all.subList(from, Math.min(all.size(), from + size)));
    }
}
