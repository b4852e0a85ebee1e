package io.celonamdm.ledger.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Splits long lists into chunks, and reads tables page by page. */
class ChunksTests {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 999})
    void eachElementIsInOnePart(int size) {
        List<Integer> all = IntStream.range(0, size).boxed().toList();

        List<List<Integer>> parts = Chunks.of(all, 3).toList();

        assertThat(parts).allSatisfy(part -> assertThat(part).hasSizeBetween(1, 3));
        assertThat(parts.stream().flatMap(List::stream)).isEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 999})
    void eachRowIsOnOnePage(int size) {
        TreeSet<Integer> table =
                new TreeSet<>(IntStream.range(1, size + 1).boxed().toList());

        assertThat(Keyset.rows(0, after -> page(table, after), row -> row)).containsExactlyElementsOf(table);
    }

    @Test
    void aPageIsReadOnceTheOneBeforeIsDoneWith() {
        TreeSet<Integer> table = new TreeSet<>(List.of(1, 2, 3, 4, 5));
        List<String> order = new ArrayList<>();

        Keyset.rows(
                        0,
                        after -> {
                            order.add("page after " + after);
                            return page(table, after);
                        },
                        row -> row)
                .forEach(row -> {
                    table.remove(row);
                    order.add("row " + row);
                });

        assertThat(table).isEmpty();
        assertThat(order)
                .containsExactly(
                        "page after 0", "row 1", "row 2", "row 3", "page after 3", "row 4", "row 5", "page after 5");
    }

    private static List<Integer> page(NavigableSet<Integer> table, int after) {
        return table.tailSet(after, false).stream().limit(3).toList();
    }
}
