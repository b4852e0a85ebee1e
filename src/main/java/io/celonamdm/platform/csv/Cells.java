package io.celonamdm.platform.csv;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Escapes text for cells that a spreadsheet shows unchanged. */
final class Cells {
    /** The characters that make a spreadsheet read a cell as a formula. */
    private static final Pattern FORMULA = Pattern.compile("^[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20].*", Pattern.DOTALL);

    private static final Pattern LONG_NUMBER = Pattern.compile("\\d{16,}");

    private Cells() {}

    /** The text on one line, with an apostrophe before a formula. */
    static String of(@Nullable String text) {
        String line = text == null ? "" : text.replaceAll("\\p{Cntrl}", " ").strip();
        return FORMULA.matcher(line).matches() ? "'" + line : line;
    }

    /** A number of more than 15 digits in blocks of four, because a spreadsheet would round it. */
    static String number(@Nullable String text) {
        String cell = of(text);
        return LONG_NUMBER.matcher(cell).matches() ? cell.replaceAll("(\\d{4})(?=\\d)", "$1 ") : cell;
    }
}
