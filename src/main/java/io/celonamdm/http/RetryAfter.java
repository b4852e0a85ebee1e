package io.celonamdm.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After} in both forms of RFC 9110, section 10.2.3: seconds, or an HTTP date of any kind. */
public final class RetryAfter {
    /** Seconds, with the fractions that some servers send. */
    private static final Pattern SECONDS = Pattern.compile("(\\d+)(?:[.,](\\d+))?\\s*s?");

    /** More than any vendor needs, whatever it names: nothing waits until it is forgotten. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final int DIGITS = 9;

    private static final List<DateTimeFormatter> DATES = Stream.of(
                    "EEE, d MMM uuuu H:mm:ss zzz", "EEEE, d-MMM-[uuuu][uu] H:mm:ss zzz", "EEE MMM d H:mm:ss uuuu")
            .map(pattern -> new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern(pattern)
                    .toFormatter(Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC))
            .toList();

    private RetryAfter() {}

    /** The time that the header names, from now to a day later; empty without the header or if it is unreadable. */
    static Optional<Instant> of(@Nullable Map<String, String> headers, Instant now) {
        if (headers == null) {
            return Optional.empty();
        }
        return headers.entrySet().stream()
                .filter(header -> "Retry-After".equalsIgnoreCase(header.getKey().strip()))
                .findFirst()
                .flatMap(header -> parse(header.getValue().trim(), now));
    }

    /** The time that a value of the header names, from now to a day later; empty if it is unreadable. */
    public static Optional<Instant> parse(String written, Instant now) {
        Instant latest = now.plus(LONGEST);
        return named(written, now).map(time -> time.isBefore(now) ? now : time.isAfter(latest) ? latest : time);
    }

    private static Optional<Instant> named(String written, Instant now) {
        String value = written.strip().replaceAll("^\"|\"$", "").strip().replaceAll("\\s+", " ");
        Matcher seconds = SECONDS.matcher(value);
        if (seconds.matches()) {
            if (seconds.group(1).length() > DIGITS) {
                return Optional.of(Instant.MAX);
            }
            boolean begun = seconds.group(2) != null && !seconds.group(2).matches("0*");
            return Optional.of(now.plusSeconds(Long.parseLong(seconds.group(1)) + (begun ? 1 : 0)));
        }
        return Stream.concat(
                        Stream.of(DateTimeFormatter.RFC_1123_DATE_TIME, DateTimeFormatter.ISO_DATE_TIME),
                        DATES.stream())
                .flatMap(format -> date(value, format).stream())
                .findFirst();
    }

    private static Optional<Instant> date(String value, DateTimeFormatter format) {
        try {
            return Optional.of(format.parse(value, Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
