package io.celonamdm.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the vendors' timestamps, whose seconds have fractions of any length, to the second. */
public final class Timestamps {
    private static final Pattern ISO = Pattern.compile(
            "(\\d{4})-(\\d{2})-(\\d{2})[T ](\\d{2}):(\\d{2}):(\\d{2})(?:[.,]\\d*)?(Z|[+-]\\d{2}(?::?\\d{2})?)?");
    /** Anything earlier is the epoch of some calendar, which vendors show for an unset date. */
    private static final Instant FIRST = Instant.parse("1971-01-01T00:00:00Z");

    private static final int OFFSET = 7;

    private Timestamps() {}

    /** The point in time; UTC if it has no offset; empty if unparsable or never set. */
    public static Optional<Instant> parse(String text) {
        Matcher matcher = ISO.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            // a formatter is several times slower, and a large fleet has a timestamp for each device
            LocalDateTime time = LocalDateTime.of(
                    number(matcher, 1),
                    number(matcher, 2),
                    number(matcher, 3),
                    number(matcher, 4),
                    number(matcher, 5),
                    number(matcher, 6));
            String offset = matcher.group(OFFSET);
            return Optional.of(time.toInstant(offset == null ? ZoneOffset.UTC : ZoneOffset.of(offset)))
                    .filter(instant -> !instant.isBefore(FIRST));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }
}
