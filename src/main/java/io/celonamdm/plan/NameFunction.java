package io.celonamdm.plan;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A function of a name template. */
final class NameFunction {
    /** The functions that exist, as a message lists them. */
    static final String KNOWN = "upper, lower, trim, digits, lastN and firstN with N from 1 to 99";

    private static final Pattern PART = Pattern.compile("(last|first)([1-9]\\d?)");
    private static final Pattern OTHERS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

    private NameFunction() {}

    /** A function by its name; empty if there is none. */
    static Optional<Function<String, String>> named(String name) {
        Matcher part = PART.matcher(name);
        if (part.matches()) {
            int length = Integer.parseInt(part.group(2));
            return Optional.of("last".equals(part.group(1)) ? text -> last(text, length) : text -> first(text, length));
        }
        return Optional.ofNullable(
                switch (name) {
                    case "upper" -> text -> text.toUpperCase(Locale.ROOT);
                    case "lower" -> text -> text.toLowerCase(Locale.ROOT);
                    case "trim" -> NameFunction::trim;
                    case "digits" -> text -> text.replaceAll("[^0-9]", "");
                    default -> null;
                });
    }

    /** Keeps letters and digits, and replaces everything between them with one hyphen. */
    private static String trim(String text) {
        return OTHERS.matcher(text).replaceAll("-").replaceAll("^-|-$", "");
    }

    private static String last(String text, int length) {
        int all = text.codePointCount(0, text.length());
        return all <= length ? text : text.substring(text.offsetByCodePoints(0, all - length));
    }

    private static String first(String text, int length) {
        return SafeText.clean(text, length);
    }
}
