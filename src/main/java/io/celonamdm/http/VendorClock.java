package io.celonamdm.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** A vendor's clock, which may be far from ours: the header {@code Date} of its answers says how far. */
public final class VendorClock {
    /** What the header leaves open: it has whole seconds, and an answer has been under way. */
    private static final Duration CLOSE = Duration.ofMinutes(1);

    /** How far a vendor's clock may be from ours that does not say. */
    private static final Duration FAR = Duration.ofMinutes(10);

    private VendorClock() {}

    /**
     * What a vendor's clock has shown at one of our times, at the earliest.
     *
     * @param ours the time by our clock
     * @param date the header {@code Date} of an answer that has just come; null if it had none
     * @param now the time of that answer by our clock
     */
    public static Instant earliest(Instant ours, @Nullable String date, Instant now) {
        if (date != null) {
            try {
                Instant theirs = ZonedDateTime.parse(date.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
                return ours.plus(Duration.between(now, theirs)).minus(CLOSE);
            } catch (DateTimeException e) {
                // a date that cannot be read says nothing
            }
        }
        return ours.minus(FAR);
    }
}
