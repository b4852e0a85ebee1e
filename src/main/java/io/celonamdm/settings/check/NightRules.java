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
import org.quartz.CronExpression;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** A schedule has future times, none at a local time that daylight saving skips, and more time between them than the jitter. */
final class NightRules {
    private static final Period HORIZON = Period.ofYears(5);

    /** A schedule that runs this soon after the jump loses nothing: it runs at least hourly. */
    private static final Duration MADE_UP_FOR = Duration.ofHours(1);

    private static final int NIGHTS = 10;

    private final Clock clock;
    private final Duration jitterOfAll;
    private final Problems problems;

    NightRules(Clock clock, Duration jitterOfAll, Problems problems) {
        this.clock = clock;
        this.jitterOfAll = jitterOfAll;
        this.problems = problems;
    }

    void check(ConfigurationPropertyName at, SyncSettings sync) {
        ConfigurationPropertyName key = at.append("schedule");
        checkCron(key, sync.schedule(), problems);
        if (problems.spoil(key) || problems.spoil(at.append("time-zone"))) {
            return;
        }
        CronTimes times = CronTimes.of(sync.schedule(), sync.timeZone());
        if (times.after(clock.instant()).isEmpty()) {
            problems.add(key, "never comes again, so that the sync would never run; use a schedule with times to come");
            return;
        }
        skipped(sync.schedule(), sync.timeZone(), clock)
                .ifPresent(jump -> problems.add(key, text(sync.timeZone(), jump)));
        Duration jitter = sync.jitter() == null ? jitterOfAll : sync.jitter();
        Duration between = shortest(times);
        if (!jitter.isZero() && jitter.compareTo(between) >= 0) {
            problems.add(
                    (sync.jitter() == null ? Keys.CONNECTOR : at).append("jitter"),
                    "must be shorter than the %d minutes between two nights of %s".formatted(between.toMinutes(), at));
        }
    }

    /** Accepts what Quartz accepts. */
    static void checkCron(ConfigurationPropertyName key, String schedule, Problems problems) {
        if (!problems.spoil(key) && !CronExpression.isValidExpression(schedule)) {
            problems.add(key, "must be a Quartz cron expression (second minute hour day-of-month month day-of-week)");
        }
    }

    private Duration shortest(CronTimes times) {
        Duration shortest = Duration.ofDays(366);
        Optional<Instant> night = times.after(clock.instant());
        for (int i = 0; i < NIGHTS && night.isPresent(); i++) {
            Optional<Instant> next = times.after(night.get());
            if (next.isPresent()) {
                Duration between = Duration.between(night.get(), next.get());
                shortest = between.compareTo(shortest) < 0 ? between : shortest;
            }
            night = next;
        }
        return shortest;
    }

    private static String text(ZoneId zone, ZoneOffsetTransition jump) {
        LocalTime from = jump.getDateTimeBefore().toLocalTime();
        LocalTime to = jump.getDateTimeAfter().toLocalTime();
        return "would not run on %s in %s, when clocks go from %s to %s; choose a time outside %s to %s"
                .formatted(jump.getDateTimeBefore().toLocalDate(), zone, from, to, from, to.minusMinutes(1));
    }

    /** The first jump in the next five years that skips a run, without another run soon after. */
    static Optional<ZoneOffsetTransition> skipped(String schedule, ZoneId zone, Clock clock) {
        Instant now = clock.instant();
        Instant end = now.atZone(ZoneOffset.UTC).plus(HORIZON).toInstant();
        for (ZoneOffsetTransition jump = zone.getRules().nextTransition(now);
                jump != null && jump.getInstant().isBefore(end);
                jump = zone.getRules().nextTransition(jump.getInstant())) {
            // At the offset before the jump, the skipped hour exists and shows whether the schedule would run in it.
            if (jump.isGap()
                    && runs(schedule, jump.getOffsetBefore(), jump, jump.getDuration())
                    && !runs(schedule, zone, jump, MADE_UP_FOR)) {
                return Optional.of(jump);
            }
        }
        return Optional.empty();
    }

    private static boolean runs(String schedule, ZoneId zone, ZoneOffsetTransition jump, Duration within) {
        return CronTimes.of(schedule, zone)
                .after(jump.getInstant().minusSeconds(1))
                .filter(next -> next.isBefore(jump.getInstant().plus(within)))
                .isPresent();
    }
}
