package io.celonamdm.csv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Splits a row into cells. */
final class CellReader {
    /** A formula that only holds a text, or an apostrophe that keeps a cell from being a number or formula. */
    private static final Pattern FORMULA = Pattern.compile("=\\s*(?:T\\()?\\s*\"(.*)\"\\s*\\)?", Pattern.DOTALL);

    private static final Pattern APOSTROPHE = Pattern.compile("['\u2019](?=[\\d=+\\-@\\s])(.*)", Pattern.DOTALL);
    private static final Pattern AROUND = Pattern.compile("^[\\s\\p{Z}\\p{Cf}]+|[\\s\\p{Z}\\p{Cf}]+$");

    private final char separator;
    private final Pattern separators;
    private final CSVFormat strict;
    private final CSVFormat lenient;

    /** @throws UnreadableFile if this cannot be a separator */
    CellReader(char separator) throws UnreadableFile {
        this.separator = separator;
        this.separators = Pattern.compile(Pattern.quote(String.valueOf(separator)));
        try {
            this.strict = CSVFormat.DEFAULT
                    .builder()
                    .setDelimiter(separator)
                    .setIgnoreEmptyLines(true)
                    .setIgnoreSurroundingSpaces(true)
                    .get();
            this.lenient = strict.builder().setTrailingData(true).get();
        } catch (IllegalArgumentException e) {
            throw new UnreadableFile("the separator that its first line names cannot be one: " + e.getMessage());
        }
    }

    char separator() {
        return separator;
    }

    /** The cells of a line; null if a quote is open at its end. A quote in the middle of a cell is only a quote. */
    @Nullable
    List<String> read(String line) {
        return line.indexOf('"') < 0 ? literal(line) : parsed(line, lenient);
    }

    /** The cells of a row of several lines; null unless each quote is closed at the end of a cell. */
    @Nullable
    List<String> strict(String lines) {
        return parsed(lines, strict);
    }

    /** The cells of a line, with quotes taken literally. */
    List<String> literal(String line) {
        return Stream.of(separators.split(line, -1)).map(CellReader::plain).toList();
    }

    private static @Nullable List<String> parsed(String text, CSVFormat format) {
        try (CSVParser parser = CSVParser.parse(text, format)) {
            List<CSVRecord> records = parser.getRecords();
            return records.size() == 1
                    ? records.get(0).stream().map(CellReader::plain).toList()
                    : null;
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            return null;
        }
    }

    /** The cell as a spreadsheet would show it. */
    private static String plain(String cell) {
        String text = AROUND.matcher(cell).replaceAll("");
        if (text.isEmpty()) {
            return text;
        }
        if (text.charAt(0) == '=') {
            Matcher formula = FORMULA.matcher(text);
            return formula.matches() ? formula.group(1).replace("\"\"", "\"").strip() : text;
        }
        Matcher kept = APOSTROPHE.matcher(text);
        return kept.matches() ? kept.group(1).strip() : text;
    }
}
