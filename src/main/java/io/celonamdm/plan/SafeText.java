package io.celonamdm.plan;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cleans names for a CSV cell. Celona's documents do not say how its reader treats quotes, so no cell needs any. */
final class SafeText {

    /** Separators and quotes, including those that a character-set conversion turns into plain ones. */
    private static final String CSV_SYNTAX = ",\uFF0C\uFE50\"\u201C\u201D\u201E\u201F\uFF02";

    /** Invisible letters and marks: a name made of them would look empty. */
    private static final String INVISIBLE = "\u034F\u115F\u1160\u2800\u3164\uFFA0";

    /**
     * Characters that make a spreadsheet read a cell as a formula; opening the CSV must not execute a device's name.
     */
    private static final Pattern LEADING_FORMULA = Pattern.compile("^[ =+\\-@\uFF1D\uFF0B\uFF0D\uFF20]+");

    private static final Pattern BLANKS = Pattern.compile(" {2,}");
    private static final Pattern GRAPHEME = Pattern.compile("\\X");

    private SafeText() {}

    /**
     * A text that cannot break a CSV row: without commas, double quotes (typographic ones too), control and format
     * characters, unpaired surrogates, blanks at its ends or next to each other, and without {@code = + - @} at its
     * start. Letters of any script, apostrophes and emoji stay. Cleaning a cleaned text changes nothing.
     *
     * @param raw any text
     * @param maxLength the most code points of the result; a visible character is never cut in two, unless it alone is
     *     longer
     * @return the cleaned text; may be empty
     */
    static String clean(String raw, int maxLength) {
        StringBuilder kept = new StringBuilder(raw.length());
        raw.codePoints().forEach(c -> append(kept, c));
        String oneLine = BLANKS.matcher(kept).replaceAll(" ");
        return cut(LEADING_FORMULA.matcher(oneLine).replaceFirst(""), maxLength).strip();
    }

    private static void append(StringBuilder kept, int c) {
        if (CSV_SYNTAX.indexOf(c) >= 0
                || INVISIBLE.indexOf(c) >= 0
                || Character.isISOControl(c)
                || Character.isWhitespace(c)
                || Character.isSpaceChar(c)) {
            kept.append(' ');
        } else if (!isUnsendable(c)) {
            kept.appendCodePoint(c);
        }
    }

    private static boolean isUnsendable(int c) {
        boolean noncharacter = (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
        return noncharacter || Character.getType(c) == Character.FORMAT || Character.getType(c) == Character.SURROGATE;
    }

    private static String cut(String text, int maxLength) {
        if (text.codePointCount(0, text.length()) <= maxLength) {
            return text;
        }
        int hardEnd = text.offsetByCodePoints(0, maxLength);
        int end = 0;
        Matcher grapheme = GRAPHEME.matcher(text);
        while (grapheme.find() && grapheme.end() <= hardEnd) {
            end = grapheme.end();
        }
        return text.substring(0, end == 0 ? hardEnd : end);
    }
}
