package io.celonamdm.esim;

import java.util.function.IntPredicate;

/** What numbers made of decimal digits have in common. */
final class Digits {

    private static final int HEAD = 8;
    private static final int TAIL = 4;

    private Digits() {}

    /** The text without blanks, hyphens, dashes and invisible characters of any script. */
    static String compact(String raw) {
        return filter(
                raw,
                c -> !isBlank(c)
                        && Character.getType(c) != Character.DASH_PUNCTUATION
                        && Character.getType(c) != Character.FORMAT);
    }

    /** Whether the text is made of ASCII digits only, at least {@code min} and at most {@code max} of them. */
    static boolean areDigits(String text, int min, int max) {
        return text.length() >= min && text.length() <= max && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** The first eight and the last four characters; the whole text if that would leave nothing out. */
    static String shortened(String text) {
        return text.length() <= HEAD + TAIL
                ? text
                : text.substring(0, HEAD) + "…" + text.substring(text.length() - TAIL);
    }

    /** A refused text in the form in which a message may carry it: on one line, shortened, in quotes. */
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
