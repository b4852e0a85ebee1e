package io.celonamdm.settings;

import java.time.Clock;
import java.time.LocalTime;
import java.time.zone.ZoneOffsetTransition;
import org.quartz.CronExpression;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** A schedule does not stand at a local time that daylight saving skips. */
final class RunsEveryNight implements SyncRule {
    private final Clock clock;

    RunsEveryNight(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void check(ConfigurationPropertyName at, SyncSettings sync, Problems problems) {
        ConfigurationPropertyName key = at.append("schedule");
        if (sync.schedule() == null
                || !CronExpression.isValidExpression(sync.schedule())
                || problems.spoil(at.append("time-zone"))) {
            return;
        }
        SkippedNight.of(sync.schedule(), sync.timeZone(), clock).ifPresent(jump -> problems.add(key, text(sync, jump)));
    }

    private static String text(SyncSettings sync, ZoneOffsetTransition jump) {
        LocalTime from = jump.getDateTimeBefore().toLocalTime();
        LocalTime to = jump.getDateTimeAfter().toLocalTime();
        return "would not run on %s in %s, when clocks go from %s to %s; choose a time outside %s to %s"
                .formatted(jump.getDateTimeBefore().toLocalDate(), sync.timeZone(), from, to, from, to.minusMinutes(1));
    }
}
