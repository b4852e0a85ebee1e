package io.celonamdm.platform.intune;

import io.celonamdm.csv.Encoding;
import io.celonamdm.csv.Row;
import io.celonamdm.csv.Rows;
import io.celonamdm.esim.Placeholder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** The rows of a report, read one by one from the streamed zip. */
final class ExportRows {
    private static final int MOST_ENTRIES = 16;

    private final ZipInputStream zip;
    private final List<Optional<Column>> columns;
    private final Rows rows;
    private boolean open = true;

    /**
     * A row of the report.
     *
     * @param line its line
     * @param fields its values by column
     * @param fault why it is unusable; null if it is usable
     */
    record Line(
            long line, Map<Column, String> fields, @Nullable String fault) {}

    private ExportRows(ZipInputStream zip, List<Optional<Column>> columns, Rows rows) {
        this.zip = zip;
        this.columns = columns;
        this.rows = rows;
    }

    /**
     * Finds the CSV in the zip and reads its header.
     *
     * @throws UnreadableExport if it is not a zip, or lacks a CSV or a required column
     */
    static ExportRows open(InputStream file) {
        GuardedZip zip = new GuardedZip(file);
        try {
            findCsv(zip);
            Rows rows = new Rows(Encoding.open(zip.content()));
            List<Optional<Column>> columns =
                    rows.header().stream().map(Column::of).toList();
            for (Column needed : new Column[] {Column.DEVICE_ID, Column.OS, Column.EID}) {
                if (!columns.contains(Optional.of(needed))) {
                    throw new UnreadableExport("the report has no column %s".formatted(needed));
                }
            }
            return new ExportRows(zip, columns, rows);
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            // the last of them is how a zip reports a malformed name
            throw broken(e);
        }
    }

    /**
     * Whether another row remains; the end verifies the zip's checksum.
     *
     * @throws UnreadableExport if the file is incomplete
     */
    boolean hasNext() {
        if (!open) {
            return false;
        }
        try {
            open = rows.hasNext();
            if (!open) {
                zip.closeEntry();
                zip.close();
            }
            return open;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /**
     * The next row. Of two columns with one meaning, the more informative one counts: a word, not a number.
     *
     * @throws UnreadableExport if the file becomes unreadable, or turns out to be something else
     */
    Line next() {
        Row row;
        try {
            row = rows.next();
        } catch (UncheckedIOException e) {
            throw broken(e);
        }
        Map<Column, String> fields = new EnumMap<>(Column.class);
        for (int i = 0; i < columns.size(); i++) {
            String value = row.cell(i);
            columns.get(i)
                    .filter(column -> !value.isEmpty())
                    .ifPresent(column -> fields.merge(column, value, ExportRows::better));
        }
        String fault = row.fault();
        if (fault == null && row.cells().size() < columns.size()) {
            fault = "line %d has %d cells, and the header %d"
                    .formatted(row.line(), row.cells().size(), columns.size());
        }
        return new Line(row.line(), fields, fault);
    }

    private static String better(String first, String second) {
        return says(second) > says(first) ? second : first;
    }

    private static int says(String value) {
        return Placeholder.isNothing(value) ? 0 : value.chars().noneMatch(Character::isLetter) ? 1 : 2;
    }

    private static void findCsv(ZipInputStream zip) throws IOException {
        for (int entries = 0; entries < MOST_ENTRIES; entries++) {
            ZipEntry entry = zip.getNextEntry();
            if (entry == null) {
                throw new UnreadableExport(entries == 0 ? "it is not a zip" : "the zip has no CSV");
            }
            if (entry.getName().toLowerCase(Locale.ROOT).endsWith(".csv")) {
                return;
            }
        }
        throw new UnreadableExport("the zip has more than %d entries and no CSV".formatted(MOST_ENTRIES));
    }

    private static UnreadableExport broken(Exception e) {
        Throwable cause = e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
        return new UnreadableExport("%s: %s".formatted(cause.getClass().getSimpleName(), cause.getMessage()), cause);
    }
}
