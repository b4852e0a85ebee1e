package io.celonamdm.platform.csv;

import io.celonamdm.csv.Row;
import io.celonamdm.esim.Placeholder;
import io.celonamdm.settings.mdm.CsvSettings.ColumnSettings;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Maps the columns of a file to fields. */
final class Columns {
    /** The longest cell, so that a file's data fits into the ledger. */
    private static final int LONGEST_CELL = 500;

    private static final int MOST_ATTRIBUTES = 60;

    private final Map<Field, List<Integer>> places = new EnumMap<>(Field.class);
    private final Map<Integer, String> others = new TreeMap<>();

    Columns(List<String> header, ColumnSettings settings) {
        List<String> keys = header.stream().map(Columns::key).toList();
        for (Field field : Field.values()) {
            List<Integer> found = field.names(settings).stream()
                    .flatMap(name -> IntStream.range(0, keys.size())
                            .filter(place -> keys.get(place).equals(key(name)))
                            .boxed())
                    .distinct()
                    .toList();
            if (!found.isEmpty()) {
                places.put(field, found);
            }
        }
        Set<Integer> first = places.values().stream().map(found -> found.get(0)).collect(Collectors.toSet());
        for (int place = 0; place < header.size(); place++) {
            if (!keys.get(place).isEmpty() && !first.contains(place) && others.size() < MOST_ATTRIBUTES) {
                others.put(place, cut(header.get(place)));
            }
        }
    }

    /** Whether the file has a column for the field. */
    boolean has(Field field) {
        return places.containsKey(field);
    }

    /** The cell of a field: the first non-empty one of several columns with that meaning; empty if there is none. */
    String value(Row row, Field field) {
        List<String> values = values(row, field);
        return values.stream()
                .filter(value -> !Placeholder.isNothing(value))
                .findFirst()
                .orElse(values.isEmpty() ? "" : values.get(0));
    }

    /** The cells of a row in the columns of one field. */
    List<String> values(Row row, Field field) {
        return places.getOrDefault(field, List.of()).stream()
                .map(place -> cut(row.cell(place)))
                .toList();
    }

    /** The non-empty cells of all other columns, by column name. */
    Map<String, String> attributes(Row row) {
        Map<String, String> attributes = new TreeMap<>();
        others.forEach((place, name) -> {
            String value = cut(row.cell(place));
            if (!value.isEmpty()) {
                attributes.putIfAbsent(name, value);
            }
        });
        return attributes;
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
