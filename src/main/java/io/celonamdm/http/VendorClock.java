package io.celonamdm.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
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
        return ahead(date, now).map(ahead -> ours.plus(ahead).minus(CLOSE)).orElseGet(() -> ours.minus(FAR));
    }

    /**
     * The time by a vendor's clock; by ours, if the answer does not say.
     *
     * @param date the header {@code Date} of an answer that has just come; null if it had none
     * @param now the time of that answer by our clock
     */
    public static Instant now(@Nullable String date, Instant now) {
        return ahead(date, now).map(now::plus).orElse(now);
    }

    /**
     * How far a vendor's clock is ahead of ours.
     *
     * @param date the header {@code Date} of an answer that has just come; null if it had none
     * @param now the time of that answer by our clock
     * @return empty if the date is missing or unreadable
     */
    public static Optional<Duration> ahead(@Nullable String date, Instant now) {
        try {
            return Optional.ofNullable(date)
                    .map(text -> ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME))
                    .map(theirs -> Duration.between(now, theirs));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
