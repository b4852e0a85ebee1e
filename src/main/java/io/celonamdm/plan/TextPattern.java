package io.celonamdm.plan;

import io.celonamdm.esim.Placeholder;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern as an operator writes it. Plain text matches the whole value; {@code *} stands for any text and {@code ?}
 * for any one character. Text between two slashes is a regular expression that may match anywhere in the value. Case,
 * and blanks at the ends of the value, never matter.
 */
final class TextPattern {
    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL;
    private static final String SLASH = "/";

    private final Pattern pattern;
    private final boolean literal;

    /** @throws IllegalArgumentException if the text is empty, or not a regular expression between its slashes */
    TextPattern(String written) {
        String text = written.strip();
        if (text.isEmpty()) {
            throw new IllegalArgumentException("is empty; leave the key out, or write * for any value");
        }
        this.literal = !text.startsWith(SLASH) && text.indexOf('*') < 0 && text.indexOf('?') < 0;
        this.pattern = text.startsWith(SLASH) ? regex(text) : Pattern.compile(glob(text), FLAGS);
    }

    /** The problem of a pattern, if any. */
    static Optional<String> problem(String written) {
        try {
            new TextPattern(written);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Whether the value matches. A placeholder, such as {@code N/A}, matches only a pattern that spells it out. */
    boolean matches(String value) {
        return pattern.matcher((literal ? value : Placeholder.orEmpty(value)).strip())
                .find();
    }

    private static Pattern regex(String text) {
        if (text.length() < 3 || !text.endsWith(SLASH)) {
            throw new IllegalArgumentException("starts with a slash, so it must be a regular expression between two");
        }
        try {
            return Pattern.compile(text.substring(1, text.length() - 1), FLAGS);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "is no regular expression: " + e.getDescription() + " at character " + (e.getIndex() + 1), e);
        }
    }

    private static String glob(String text) {
        StringBuilder regex = new StringBuilder("\\A");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(Character.toString(c)));
            }
        });
        return regex.append("\\z").toString();
    }
}
