package io.celonamdm.settings;

import java.text.ParseException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import org.quartz.CronExpression;

/** The times of a schedule, as Quartz computes them. */
public final class CronTimes {
    private final CronExpression cron;

    private CronTimes(CronExpression cron) {
        this.cron = cron;
    }

    /**
     * The times of a schedule in a time zone.
     *
     * @throws IllegalArgumentException if the expression is not valid, which the check of the settings has ruled out
     */
    public static CronTimes of(String expression, ZoneId zone) {
        try {
            CronExpression cron = new CronExpression(expression);
            cron.setTimeZone(TimeZone.getTimeZone(zone));
            return new CronTimes(cron);
        } catch (ParseException e) {
            throw new IllegalArgumentException("no schedule: " + expression, e);
        }
    }

    /** The first time after another; empty if there is none. */
    public Optional<Instant> after(Instant time) {
        return Optional.ofNullable(cron.getNextValidTimeAfter(Date.from(time))).map(Date::toInstant);
    }
}
