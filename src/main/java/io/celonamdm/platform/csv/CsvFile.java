package io.celonamdm.platform.csv;

import io.celonamdm.csv.Encoding;
import io.celonamdm.csv.Rows;
import io.celonamdm.csv.UnreadableFile;
import io.celonamdm.settings.mdm.CsvSettings.ColumnSettings;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import org.springframework.core.NestedExceptionUtils;

/**
 * A file that is readable as CSV to its end.
 *
 * @param stamp the state of the file when it was examined
 * @param separator what separates its cells
 * @param columns the meaning of its columns
 */
record CsvFile(FileStamp stamp, char separator, Columns columns) {
    /**
     * Examines a file from its beginning to its end.
     *
     * @throws UnreadableFile if it is not text, not CSV, or has no EID column
     */
    static CsvFile examine(FileStamp stamp, ColumnSettings settings) throws IOException {
        try (Rows rows = rows(stamp)) {
            Columns columns = new Columns(rows.header(), settings);
            if (!columns.has(Field.EID)) {
                throw new UnreadableFile("no column of its first line is called like one of %s (mdm.csv.columns.eid)"
                        .formatted(settings.eid()));
            }
            rows.forEachRemaining(row -> {});
            return new CsvFile(stamp, rows.separator(), columns);
        } catch (UncheckedIOException e) {
            throw new UnreadableFile(
                    NestedExceptionUtils.getMostSpecificCause(e).getMessage());
        }
    }

    /** Opens its rows, from the first after the header. */
    Rows rows() throws IOException {
        return rows(stamp);
    }

    private static Rows rows(FileStamp stamp) throws IOException {
        Reader text = Encoding.open(stamp.path());
        try {
            return new Rows(text);
        } catch (IOException | UncheckedIOException e) {
            text.close();
            throw e;
        }
    }
}
