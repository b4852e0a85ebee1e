package io.celonamdm.settings;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.InvalidValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A file of EIDs and serial numbers, one a line. */
final class ExclusionFile {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** Longer than any serial number, or rounded by a spreadsheet: it was meant to be an EID. */
    private static final Pattern LIKE_AN_EID = Pattern.compile("[\\d\\s-]{20,}|\\d[.,]\\d+[eE]\\+?\\d+");

    private ExclusionFile() {}

    static List<String> read(String file) {
        try {
            return Files.readString(Path.of(file))
                    .replace(BYTE_ORDER_MARK, "")
                    .lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong with an entry: a mistyped EID would leave nothing out. */
    static Optional<String> problem(String id) {
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
