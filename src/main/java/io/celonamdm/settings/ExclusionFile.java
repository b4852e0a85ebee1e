package io.celonamdm.settings;

import io.celonamdm.csv.Encoding;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.InvalidValue;
import io.celonamdm.esim.Placeholder;
import java.io.IOException;
import java.io.LineNumberReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A file of EIDs and serial numbers, one a line. */
public final class ExclusionFile {
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}\u0000]");
    private static final Pattern CELLS = Pattern.compile("[,;\t|](?!\\d+[eE])");
    private static final Pattern QUOTES = Pattern.compile("^[='\"\u2019]+|\"+$");

    /** Longer than any serial number, or rounded by a spreadsheet: it was meant to be an EID. */
    private static final Pattern LIKE_AN_EID =
            Pattern.compile("[\\p{Nd}\\s\\p{Z}\\p{Pd}]{20,}|\\p{Nd}\\s*[.,]\\s*\\p{Nd}+\\s*[eE]\\s*\\+?\\p{Nd}+");

    private ExclusionFile() {}

    /** An entry, and the line on which it stands. */
    public record Entry(long line, String id) {}

    static List<String> read(String file) {
        return entries(file).stream().map(Entry::id).toList();
    }

    /** Reads the file; of a line of several cells, the first that is not empty counts. */
    public static List<Entry> entries(String file) {
        List<Entry> entries = new ArrayList<>();
        try (LineNumberReader lines = new LineNumberReader(Encoding.open(Path.of(file)))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String text = INVISIBLE.matcher(line).replaceAll("").replaceFirst("#.*", "");
                String id = Stream.of(CELLS.split(text, -1))
                        .map(ExclusionFile::plain)
                        .filter(cell -> !Placeholder.isNothing(cell))
                        .findFirst()
                        .orElse("");
                if (!id.isEmpty() && !text.regionMatches(true, 0, "sep=", 0, 4)) {
                    entries.add(new Entry(lines.getLineNumber(), id));
                }
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String plain(String cell) {
        return QUOTES.matcher(cell.strip()).replaceAll("");
    }

    /** What is wrong with an entry: a mistyped EID would leave nothing out. */
    public static Optional<String> problem(String id) {
        if (!LIKE_AN_EID.matcher(id.strip()).matches()) {
            return Optional.empty();
        }
        try {
            Eid.of(id);
            return Optional.empty();
        } catch (InvalidValue e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
