package io.celonamdm.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After} in both forms of RFC 9110, section 10.2.3: seconds, or an HTTP date. */
final class RetryAfter {
    private RetryAfter() {}

    /** The time that the header names, not before now; empty without the header or if it is unreadable. */
    static Optional<Instant> of(@Nullable Map<String, String> headers, Instant now) {
        if (headers == null) {
            return Optional.empty();
        }
        return headers.entrySet().stream()
                .filter(header -> "Retry-After".equalsIgnoreCase(header.getKey()))
                .findFirst()
                .flatMap(header -> parse(header.getValue().trim(), now));
    }

    private static Optional<Instant> parse(String value, Instant now) {
        try {
            Instant time = value.matches("\\d{1,9}")
                    ? now.plusSeconds(Long.parseLong(value))
                    : ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
            return Optional.of(time.isBefore(now) ? now : time);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
