package io.celonamdm.settings.check;

import io.celonamdm.settings.CronTimes;
import io.celonamdm.settings.SyncSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** A schedule has future times, and none at a local time that daylight saving skips. */
final class RunsEveryNight implements SyncRule {
    private static final Period HORIZON = Period.ofYears(5);

    /** A schedule that runs this soon after the jump loses nothing: it runs at least hourly. */
    private static final Duration MADE_UP_FOR = Duration.ofHours(1);

    private final Clock clock;

    RunsEveryNight(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void check(ConfigurationPropertyName at, SyncSettings sync, Problems problems) {
        ConfigurationPropertyName key = at.append("schedule");
        if (problems.spoil(key) || problems.spoil(at.append("time-zone"))) {
            return;
        }
        if (CronTimes.of(sync.schedule(), sync.timeZone())
                .after(clock.instant())
                .isEmpty()) {
            problems.add(key, "never comes again, so that the sync would never run; use a schedule with times to come");
            return;
        }
        skipped(sync.schedule(), sync.timeZone(), clock).ifPresent(jump -> problems.add(key, text(sync, jump)));
    }

    private static String text(SyncSettings sync, ZoneOffsetTransition jump) {
        LocalTime from = jump.getDateTimeBefore().toLocalTime();
        LocalTime to = jump.getDateTimeAfter().toLocalTime();
        return "would not run on %s in %s, when clocks go from %s to %s; choose a time outside %s to %s"
                .formatted(jump.getDateTimeBefore().toLocalDate(), sync.timeZone(), from, to, from, to.minusMinutes(1));
    }

    /** The first jump in the next five years that skips a run, without another run soon after. */
    static Optional<ZoneOffsetTransition> skipped(String schedule, ZoneId zone, Clock clock) {
        Instant now = clock.instant();
        Instant end = now.atZone(ZoneOffset.UTC).plus(HORIZON).toInstant();
        for (ZoneOffsetTransition jump = zone.getRules().nextTransition(now);
                jump != null && jump.getInstant().isBefore(end);
                jump = zone.getRules().nextTransition(jump.getInstant())) {
            if (jump.isGap() && skips(schedule, zone, jump)) {
                return Optional.of(jump);
            }
        }
        return Optional.empty();
    }

    private static boolean skips(String schedule, ZoneId zone, ZoneOffsetTransition jump) {
        // At the offset before the jump, the skipped hour exists and shows whether the schedule would run in it.
        return runs(schedule, jump.getOffsetBefore(), jump, jump.getDuration())
                && !runs(schedule, zone, jump, MADE_UP_FOR);
    }

    private static boolean runs(String schedule, ZoneId zone, ZoneOffsetTransition jump, Duration within) {
        return CronTimes.of(schedule, zone)
                .after(jump.getInstant().minusSeconds(1))
                .filter(next -> next.isBefore(jump.getInstant().plus(within)))
                .isPresent();
    }
}
