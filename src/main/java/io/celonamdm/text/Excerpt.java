package io.celonamdm.text;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a text from outside, such as a vendor's answer, without anything that looks like a secret and
 * without invisible characters. Every quotation in a reason, finding, notice or trace passes through here.
 */
public final class Excerpt {
    /** A secret that begins within the excerpt is examined up to here. */
    private static final int BEYOND = 4096;

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /** Joins long tokens that a mailer, a header or a PEM file broke into lines. */
    private static final Pattern FOLD =
            Pattern.compile("(?<=[A-Za-z0-9+/_=.%-]{16})\\r?\\n[ \\t]*(?=[A-Za-z0-9+/_=.%-])");

    private Excerpt() {}

    /**
     * An excerpt on one line.
     *
     * @param length the most characters that are quoted
     */
    public static String of(@Nullable Object text, int length) {
        return cut(BLANKS.matcher(safe(text, length)).replaceAll(" ").strip(), length);
    }

    /**
     * An excerpt that keeps its lines.
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
