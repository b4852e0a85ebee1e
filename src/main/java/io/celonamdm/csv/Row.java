package io.celonamdm.csv;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of a file.
 *
 * @param line the line on which it begins; the first of the file is 1
 * @param cells its cells, without surrounding blanks and without spreadsheet markers for text
 * @param fault why the row cannot be trusted; null if it can
 */
public record Row(long line, List<String> cells, @Nullable String fault) {
    /** Copies the cells. */
    public Row {
        cells = List.copyOf(cells);
    }

    /** A cell; empty where the row is too short. */
    public String cell(int place) {
        return place < cells.size() ? cells.get(place) : "";
    }

    boolean isEmpty() {
        return cells.stream().allMatch(String::isEmpty);
    }
}
