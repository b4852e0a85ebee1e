package io.celonamdm.sync;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The expiry of a sync's credential, from its settings: no vendor reports it.
 *
 * @param credential {@code celona-api-key} or {@code mdm-secret}
 * @param key the setting with the date, below the sync
 * @param day the day of expiry
 * @param at when that day begins in the sync's time zone
 */
public record Expiry(String credential, String key, LocalDate day, Instant at) {
    private static final String API_KEY = "celona.api-key-expires";
    private static final String MDM_SECRET = "mdm.secret-expires";

    /** The credentials of a sync whose settings have a date. */
    public static List<Expiry> of(Sync sync) {
        return Stream.of(
                        of(sync, "celona-api-key", API_KEY, sync.celona().apiKeyExpires()),
                        of(sync, "mdm-secret", MDM_SECRET, sync.mdm().secretExpires()))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The settings that may have a date: a folder of files needs no secret. */
    public static List<String> keys(Sync sync) {
        return sync.platform().equals("csv") ? List.of(API_KEY) : List.of(API_KEY, MDM_SECRET);
    }

    private static Optional<Expiry> of(Sync sync, String credential, String key, @Nullable LocalDate day) {
        return Optional.ofNullable(day)
                .map(known -> new Expiry(
                        credential,
                        key,
                        known,
                        known.atStartOfDay(sync.settings().timeZone()).toInstant()));
    }

    /** Whether the day has come. */
    public boolean isOver(Instant now) {
        return !now.isBefore(at);
    }

    /** Whether the day has come, or comes within the given time. */
    public boolean isNear(Instant now, Duration time) {
        return isOver(now.plus(time));
    }

    /** A text such as {@code celona-api-key expires on 2026-12-01, in 12 days}. */
    public String text(Instant now) {
        long days = Duration.between(now, at).toDays();
        if (isOver(now)) {
            return "%s has expired on %s".formatted(credential, day);
        }
        return days < 1
                ? "%s expires on %s, within a day".formatted(credential, day)
                : "%s expires on %s, in %d day%s".formatted(credential, day, days, days == 1 ? "" : "s");
    }
}
