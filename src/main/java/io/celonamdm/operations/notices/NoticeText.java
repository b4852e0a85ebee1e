package io.celonamdm.operations.notices;

import io.celonamdm.text.Counted;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Formats numbers and times for notices. */
final class NoticeText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm z", Locale.ROOT);

    private NoticeText() {}

    static String time(Instant time, ZoneId zone) {
        return TIME.format(time.atZone(zone));
    }

    static String duration(Duration duration) {
        long minutes = Math.max(1, duration.toMinutes());
        return minutes < 120 ? minutes + " min" : minutes / 60 + " h";
    }

    static String devices(long number) {
        return Counted.words(number, "device");
    }
}
