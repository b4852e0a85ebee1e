package io.celonamdm.platform.csv;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** The rows of an open file, one at a time, without those in which nothing stands. */
final class CsvRows implements Iterator<CSVRecord>, Closeable {
    private final GuardedText guard;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final List<String> header;
    private @Nullable CSVRecord next;

    /**
     * Reads the header.
     *
     * @throws UnreadableFile if there is none
     */
    CsvRows(Reader text, GuardedText guard, char separator) throws IOException {
        this.guard = guard;
        // a quote in the middle of a cell is only a quote
        parser = CSVParser.parse(
                text,
                CSVFormat.DEFAULT
                        .builder()
                        .setDelimiter(separator)
                        .setIgnoreEmptyLines(true)
                        .setIgnoreSurroundingSpaces(true)
                        .setTrailingData(true)
                        .get());
        records = parser.iterator();
        advance();
        if (next == null) {
            throw new UnreadableFile("nothing is in it");
        }
        header = next.toList();
        advance();
    }

    /** The names of the columns. */
    List<String> header() {
        return header;
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public CSVRecord next() {
        CSVRecord row = next;
        if (row == null) {
            throw new NoSuchElementException();
        }
        advance();
        return row;
    }

    /**
     * Reads ahead.
     *
     * @throws UncheckedIOException if the file cannot be read further
     */
    private void advance() {
        next = null;
        while (next == null && records.hasNext()) {
            guard.rowEnded();
            CSVRecord row = records.next();
            next = Columns.isEmpty(row) ? null : row;
        }
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
