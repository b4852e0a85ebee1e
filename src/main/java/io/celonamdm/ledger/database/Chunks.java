package io.celonamdm.ledger.database;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Splits long lists, so that neither a statement's parameters nor its memory grow with the fleet. */
public final class Chunks {
    /** Chunk size for ids or short rows. */
    public static final int SIZE = 1000;

    /** Chunk size for rows with inventory records, which may take tens of kilobytes each. */
    public static final int RECORDS = 500;

    private Chunks() {}

    /** Splits a list into chunks of {@link #SIZE}. */
    public static <T> Stream<List<T>> of(List<T> all) {
        return of(all, SIZE);
    }

    /** Splits a list into chunks of at most {@code size} elements. */
    public static <T> Stream<List<T>> of(List<T> all, int size) {
        return IntStream.iterate(0, from -> from < all.size(), from -> from + size)
                .mapToObj(from -> all.subList(from, Math.min(all.size(), from + size)));
    }
}
