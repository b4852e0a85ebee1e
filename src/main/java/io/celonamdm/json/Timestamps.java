package io.celonamdm.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The vendors' points in time, whose seconds have fractions of any length; they are read to the second. */
public final class Timestamps {
    private static final Pattern ISO = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2})[T ](\\d{2}:\\d{2}:\\d{2})(?:[.,]\\d*)?(Z|[+-]\\d{2}(?::?\\d{2})?)?");

    private static final Pattern OFFSET_WITHOUT_COLON = Pattern.compile("^(.\\d{2})(\\d{2})$");

    private Timestamps() {}

    /** The point in time, in UTC if no offset is said; empty if it is none. */
    public static Optional<Instant> parse(String text) {
        Matcher matcher = ISO.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String offset = matcher.group(3) == null
                ? "Z"
                : OFFSET_WITHOUT_COLON.matcher(matcher.group(3)).replaceFirst("$1:$2");
        try {
            return Optional.of(OffsetDateTime.parse(matcher.group(1) + "T" + matcher.group(2) + offset)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
