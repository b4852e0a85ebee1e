package io.celonamdm.platform.csv;

import io.celonamdm.settings.CsvSettings.ColumnSettings;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.csv.CSVRecord;

/** Which column of a file is which. */
final class Columns {
    /** A cell is cut here, so that what a file says of a device fits into the ledger. */
    private static final int LONGEST_CELL = 500;

    private static final int MOST_ATTRIBUTES = 60;

    private final Map<Field, Integer> places = new EnumMap<>(Field.class);
    private final Map<Integer, String> others = new TreeMap<>();

    Columns(List<String> header, ColumnSettings settings) {
        List<String> keys = header.stream().map(Columns::key).toList();
        for (Field field : Field.values()) {
            field.names(settings).stream()
                    .map(name -> keys.indexOf(key(name)))
                    .filter(place -> place >= 0)
                    .findFirst()
                    .ifPresent(place -> places.put(field, place));
        }
        for (int place = 0; place < header.size(); place++) {
            if (!keys.get(place).isEmpty() && !places.containsValue(place) && others.size() < MOST_ATTRIBUTES) {
                others.put(place, cut(header.get(place)));
            }
        }
    }

    /** Whether the file has a column for the field. */
    boolean has(Field field) {
        return places.containsKey(field);
    }

    /** A cell of a row; empty if the file has no such column, or the row is too short. */
    String value(CSVRecord row, Field field) {
        Integer place = places.get(field);
        return place == null ? "" : cell(row, place);
    }

    /** The cells of all other columns that are not empty, by the column's name. */
    Map<String, String> attributes(CSVRecord row) {
        Map<String, String> attributes = new TreeMap<>();
        others.forEach((place, name) -> {
            String value = cell(row, place);
            if (!value.isEmpty()) {
                attributes.putIfAbsent(name, value);
            }
        });
        return attributes;
    }

    /** Whether there is nothing in a row, as in those that spreadsheets leave at the end of a file. */
    static boolean isEmpty(CSVRecord row) {
        return row.stream().allMatch(String::isBlank);
    }

    private static String cell(CSVRecord row, int place) {
        return place < row.size() ? cut(row.get(place)) : "";
    }

    private static String cut(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ").strip();
        return line.codePointCount(0, line.length()) <= LONGEST_CELL
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST_CELL));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}+]", "");
    }
}
