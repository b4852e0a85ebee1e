package io.celonamdm.platform.intune;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The rows of a report, read one by one out of the zip that comes over the wire. */
final class ExportRows {
    private static final int MOST_ENTRIES = 16;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final ZipInputStream zip;
    private final List<Optional<Column>> columns;
    private final Iterator<CSVRecord> records;
    private boolean open = true;

    private ExportRows(ZipInputStream zip, List<Optional<Column>> columns, Iterator<CSVRecord> records) {
        this.zip = zip;
        this.columns = columns;
        this.records = records;
    }

    /**
     * Finds the CSV in the zip and reads its header.
     *
     * @throws UnreadableExport if there is no zip, no CSV in it, or a column is missing without which nothing works
     */
    static ExportRows open(InputStream file) {
        GuardedZip zip = new GuardedZip(file);
        try {
            findCsv(zip);
            CSVParser parser = CSVFormat.RFC4180.parse(withoutMark(zip.content()));
            Iterator<CSVRecord> records = parser.iterator();
            if (!records.hasNext()) {
                throw new UnreadableExport("the CSV is empty");
            }
            List<Optional<Column>> columns =
                    records.next().stream().map(Column::of).toList();
            for (Column needed : new Column[] {Column.DEVICE_ID, Column.OS, Column.EID}) {
                if (!columns.contains(Optional.of(needed))) {
                    throw new UnreadableExport("the report has no column %s".formatted(needed));
                }
            }
            return new ExportRows(zip, columns, records);
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            // the last of them is how a zip says that a name in it is no text
            throw broken(e);
        }
    }

    /**
     * Whether there is another row; at the end the zip's own checks are made.
     *
     * @throws UnreadableExport if the file is not whole
     */
    boolean hasNext() {
        if (!open) {
            return false;
        }
        try {
            open = records.hasNext();
            if (!open) {
                zip.closeEntry();
                zip.close();
            }
            return open;
        } catch (IOException | UncheckedIOException e) {
            throw broken(e);
        }
    }

    /**
     * The next row.
     *
     * @throws UnreadableExport if it is not whole
     */
    Map<Column, String> next() {
        CSVRecord row;
        try {
            row = records.next();
        } catch (UncheckedIOException e) {
            throw broken(e);
        }
        if (row.size() != columns.size()) {
            throw new UnreadableExport("row %d has %d fields and the header %d"
                    .formatted(row.getRecordNumber(), row.size(), columns.size()));
        }
        Map<Column, String> fields = new EnumMap<>(Column.class);
        for (int i = 0; i < row.size(); i++) {
            String value = row.get(i).strip();
            columns.get(i).filter(column -> !value.isEmpty()).ifPresent(column -> fields.put(column, value));
        }
        return fields;
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

    private static Reader withoutMark(InputStream csv) throws IOException {
        PushbackReader reader = new PushbackReader(new InputStreamReader(csv, StandardCharsets.UTF_8));
        int first = reader.read();
        if (first >= 0 && first != BYTE_ORDER_MARK) {
            reader.unread(first);
        }
        return reader;
    }

    private static UnreadableExport broken(Exception e) {
        Throwable cause = e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
        return new UnreadableExport("%s: %s".formatted(cause.getClass().getSimpleName(), cause.getMessage()), cause);
    }
}
