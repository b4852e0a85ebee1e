package io.celonamdm.text;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a text from outside, such as a vendor's answer: without anything that looks like a secret, and without
 * characters that nobody sees. Whatever is quoted in a reason, a finding, a notice or a trace comes by here.
 */
public final class Excerpt {
    /** A secret that begins within the excerpt is looked at up to here. */
    private static final int BEYOND = 4096;

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /** Long runs that a mailer, a header or a PEM file has broken into lines are one text again. */
    private static final Pattern FOLD =
            Pattern.compile("(?<=[A-Za-z0-9+/_=.%-]{16})\\r?\\n[ \\t]*(?=[A-Za-z0-9+/_=.%-])");

    private Excerpt() {}

    /**
     * One line of it.
     *
     * @param length the most characters that are quoted
     */
    public static String of(@Nullable Object text, int length) {
        return cut(BLANKS.matcher(safe(text, length)).replaceAll(" ").strip(), length);
    }

    /**
     * The same, with its lines.
     *
     * @param length the most characters that are quoted
     */
    public static String lines(@Nullable Object text, int length) {
        return cut(safe(text, length), length);
    }

    private static String safe(@Nullable Object text, int length) {
        String all = text == null ? "" : text.toString();
        String looked = all.length() - BEYOND > length ? all.substring(0, length + BEYOND) : all;
        String unfolded = FOLD.matcher(Invisible.removed(looked)).replaceAll("");
        return SecretShapes.maskedWithRandomness(unfolded);
    }

    private static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(length - 2)) ? length - 2 : length - 1;
        return text.substring(0, end) + "…";
    }
}
