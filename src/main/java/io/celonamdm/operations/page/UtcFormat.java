package io.celonamdm.operations.page;

import io.celonamdm.text.Counted;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Formats times in UTC, because readers may be anywhere; with JavaScript, the browser shows them in its own zone. */
final class UtcFormat {
    private static final DateTimeFormatter TEXT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Clock clock;

    UtcFormat(Clock clock) {
        this.clock = clock;
    }

    /** The time as text; a dash for null. */
    public String text(@Nullable Instant time) {
        return time == null ? "–" : TEXT.format(time);
    }

    /** How long ago it was, such as {@code 3 hours}. */
    public String age(Instant since) {
        Duration age = Duration.between(since, clock.instant());
        if (age.toMinutes() < 1) {
            return "less than a minute";
        }
        if (age.toHours() < 1) {
            return Counted.words(age.toMinutes(), "minute");
        }
        return age.toDays() < 2 ? Counted.words(age.toHours(), "hour") : Counted.words(age.toDays(), "day");
    }
}
