package io.celonamdm.operations.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Formats times in UTC, because readers may be anywhere; with JavaScript, the browser shows them in its own zone. */
final class Moments {
    private static final DateTimeFormatter TEXT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** The time as text; a dash for null. */
    public String text(@Nullable Instant time) {
        return time == null ? "–" : TEXT.format(time);
    }
}
