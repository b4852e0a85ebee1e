package io.celonamdm.platform.csv;

import io.celonamdm.settings.CsvSettings.ColumnSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import org.springframework.core.NestedExceptionUtils;

/**
 * A file that can be read as CSV to its end.
 *
 * @param stamp the file as it was when it was examined
 * @param charset how it is encoded
 * @param separator what separates its cells
 * @param hinted whether a line before the header names the separator, as Excel writes it: {@code sep=;}
 * @param columns which column is which
 */
record CsvFile(FileStamp stamp, Charset charset, char separator, boolean hinted, Columns columns) {
    private static final String SEPARATORS = ",;\t|";
    private static final String HINT = "sep=";
    private static final int BYTE_ORDER_MARK = '\uFEFF';

    /**
     * Examines a file from its beginning to its end.
     *
     * @throws UnreadableFile if it is no text, no CSV, or none of its columns is an EID
     */
    static CsvFile examine(FileStamp stamp, ColumnSettings settings) throws IOException {
        Charset charset = Encoding.of(stamp.path());
        String line = firstLine(stamp, charset);
        boolean hinted = line.length() == HINT.length() + 1 && line.regionMatches(true, 0, HINT, 0, HINT.length());
        char separator = hinted ? line.charAt(HINT.length()) : separator(line);
        try (CsvRows rows = rows(stamp, charset, separator, hinted)) {
            Columns columns = new Columns(rows.header(), settings);
            if (!columns.has(Field.EID)) {
                throw new UnreadableFile("no column of its first line is called like one of %s (mdm.csv.columns.eid)"
                        .formatted(settings.eid()));
            }
            rows.forEachRemaining(row -> {});
            return new CsvFile(stamp, charset, separator, hinted, columns);
        } catch (UncheckedIOException e) {
            throw new UnreadableFile(
                    NestedExceptionUtils.getMostSpecificCause(e).getMessage());
        } catch (IllegalArgumentException e) {
            throw new UnreadableFile("the separator that its first line names cannot be one: " + e.getMessage());
        }
    }

    /** Opens its rows, from the first after the header. */
    CsvRows rows() throws IOException {
        return rows(stamp, charset, separator, hinted);
    }

    private static CsvRows rows(FileStamp stamp, Charset charset, char separator, boolean hinted) throws IOException {
        GuardedText guard = new GuardedText(new InputStreamReader(Files.newInputStream(stamp.path()), charset));
        try {
            BufferedReader text = withoutMark(guard);
            if (hinted) {
                text.readLine();
            }
            return new CsvRows(text, guard, separator);
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            guard.close();
            throw e;
        }
    }

    private static String firstLine(FileStamp stamp, Charset charset) throws IOException {
        try (BufferedReader text =
                withoutMark(new GuardedText(new InputStreamReader(Files.newInputStream(stamp.path()), charset)))) {
            String line = text.readLine();
            while (line != null && line.isBlank()) {
                line = text.readLine();
            }
            return line == null ? "" : line.strip();
        }
    }

    private static BufferedReader withoutMark(GuardedText guard) throws IOException {
        BufferedReader text = new BufferedReader(guard);
        text.mark(1);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
        return text;
    }

    /** The separator that the header has most often, outside of quotes. */
    private static char separator(String header) {
        String bare = header.replaceAll("\"[^\"]*\"", "");
        char best = SEPARATORS.charAt(0);
        for (int i = 1; i < SEPARATORS.length(); i++) {
            char candidate = SEPARATORS.charAt(i);
            if (count(bare, candidate) > count(bare, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(each -> each == wanted).count();
    }
}
