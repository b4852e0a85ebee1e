package io.celonamdm.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** A vendor's clock, which may be far from ours; the header {@code Date} of its answers shows how far. */
public final class VendorClock {
    /** The uncertainty of the header: it has whole seconds, and the answer took time to arrive. */
    private static final Duration CLOSE = Duration.ofMinutes(1);

    /** The assumed difference of a vendor's clock whose answers have no date. */
    private static final Duration FAR = Duration.ofMinutes(10);

    private VendorClock() {}

    /**
     * The earliest time that a vendor's clock may have shown at one of our times.
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
                // ignore an unreadable date
            }
        }
        return ours.minus(FAR);
    }
}
