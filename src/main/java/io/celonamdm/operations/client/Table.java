package io.celonamdm.operations.client;

import io.celonamdm.text.Invisible;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/** Lines of cells under a header, in columns as wide as their widest cell. */
final class Table {
    private static final int BLANKS = 2;

    /** Words that stand out on a terminal. */
    private static final Map<String, String> COLOURS = Map.of(
            "QUARANTINED",
            "red",
            "FAILED",
            "red",
            "ALL_FAILED",
            "red",
            "DEAD",
            "red",
            "PAUSED",
            "yellow",
            "PARTIAL",
            "yellow",
            "IN_DOUBT",
            "yellow",
            "HELD",
            "yellow",
            "RUNNING",
            "green",
            "SUCCESS",
            "green");

    private final Ansi ansi;
    private final List<String[]> rows = new ArrayList<>();

    Table(Ansi ansi, String... header) {
        this.ansi = ansi;
        rows.add(header.clone());
    }

    /** Adds a line. What a vendor wrote cannot steer the terminal. */
    void row(String... cells) {
        rows.add(Arrays.stream(cells)
                .map(cell -> Invisible.removed(cell).replaceAll("\\s+", " ").strip())
                .toArray(String[]::new));
    }

    boolean isEmpty() {
        return rows.size() == 1;
    }

    /** Prints the lines, or a text if there are none. */
    void print(PrintWriter out, String ifNone) {
        if (isEmpty()) {
            out.println(ifNone);
        } else {
            print(out);
        }
    }

    void print(PrintWriter out) {
        int[] widths = new int[rows.get(0).length];
        for (String[] row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row[column].length());
            }
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                String blanks =
                        column == widths.length - 1 ? "" : " ".repeat(widths[column] - row[column].length() + BLANKS);
                line.append(coloured(row == rows.get(0), row[column])).append(blanks);
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private String coloured(boolean header, String cell) {
        String style = header ? "bold" : COLOURS.get(cell);
        return style == null || !ansi.enabled() || cell.isEmpty()
                ? cell
                : ansi.string("@|%s %s|@".formatted(style, cell));
    }
}
