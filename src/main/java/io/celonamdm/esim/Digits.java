package io.celonamdm.esim;

import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/** Shared handling of numbers made of decimal digits. */
final class Digits {

    private static final int HEAD = 8;
    private static final int TAIL = 4;
    private static final int FULL_WIDTH_FIRST = 0xFF01;
    private static final int FULL_WIDTH_LAST = 0xFF5E;
    /** The ending of a number that a program turned into a fraction. */
    private static final Pattern DECIMALS = Pattern.compile("(?<=^\\d{10,40})[.,]0+$");

    /** The minus sign, which is not a dash. */
    private static final int MINUS = 0x2212;

    private static final String QUOTES = "'\"`=\u2018\u2019\u201C\u201D";
    private static final String MARKS = "'\"`=.,_:·";

    private Digits() {}

    /**
     * A number without grouping and spreadsheet quoting: no blanks, dashes, quotes, points, commas and invisible
     * characters, in ASCII digits.
     */
    static String compact(String raw) {
        String narrow = DECIMALS.matcher(narrow(raw).strip()).replaceFirst("");
        return filter(narrow, c -> !isBlank(c) && !isInvisible(c) && !isMark(c));
    }

    /** The text with digits of any script, and full-width letters and marks, in ASCII. */
    static String narrow(String text) {
        if (text.chars().allMatch(c -> c < 0x80)) {
            return text;
        }
        return text.codePoints()
                .map(c -> Character.isDigit(c)
                        ? '0' + Character.digit(c, 10)
                        : c >= FULL_WIDTH_FIRST && c <= FULL_WIDTH_LAST ? c - FULL_WIDTH_FIRST + '!' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** The text spelled like a number with an exponent, without blanks, quotes and invisible characters. */
    static String exponential(String raw) {
        return filter(
                        narrow(raw).replace((char) MINUS, '-'),
                        c -> !isBlank(c) && !isInvisible(c) && QUOTES.indexOf(c) < 0)
                .toLowerCase(Locale.ROOT);
    }

    /** Whether the text is one digit, or one repeated digit. */
    static boolean isOneDigit(String text) {
        return !text.isEmpty()
                && Character.digit(text.charAt(0), 16) >= 0
                && text.chars().allMatch(c -> c == text.charAt(0));
    }

    /** Whether the text consists of {@code min} to {@code max} ASCII digits. */
    static boolean areDigits(String text, int min, int max) {
        return text.length() >= min && text.length() <= max && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** The first eight and the last four characters; the whole text if that omits nothing. */
    static String shortened(String text) {
        return text.length() <= HEAD + TAIL
                ? text
                : text.substring(0, HEAD) + "…" + text.substring(text.length() - TAIL);
    }

    /** A rejected text as messages quote it: on one line, shortened, in quotes. */
    static String quoted(String raw) {
        String printable = filter(raw, c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT);
        return "\"" + shortened(printable.strip()) + "\"";
    }

    /** Whether the last digit is the Luhn digit of those before it (ISO/IEC 7812-1). */
    static boolean luhnValid(String digits) {
        return luhnSum(digits, false) % 10 == 0;
    }

    /** The digits followed by their Luhn digit. */
    static String withLuhnDigit(String digits) {
        return digits + (10 - luhnSum(digits, true) % 10) % 10;
    }

    private static int luhnSum(String digits, boolean doubleLast) {
        int sum = 0;
        boolean doubled = doubleLast;
        for (int i = digits.length() - 1; i >= 0; i--) {
            int digit = (digits.charAt(i) - '0') * (doubled ? 2 : 1);
            sum += digit > 9 ? digit - 9 : digit;
            doubled = !doubled;
        }
        return sum;
    }

    private static boolean isInvisible(int c) {
        return Character.getType(c) == Character.FORMAT || Character.isISOControl(c);
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.DASH_PUNCTUATION
                || type == Character.INITIAL_QUOTE_PUNCTUATION
                || type == Character.FINAL_QUOTE_PUNCTUATION
                || c == MINUS
                || MARKS.indexOf(c) >= 0;
    }

    private static boolean isBlank(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static String filter(String text, IntPredicate kept) {
        return text.codePoints()
                .filter(kept)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
