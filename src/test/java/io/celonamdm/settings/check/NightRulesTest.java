package io.celonamdm.settings.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.CronExpression;

/** Schedules that daylight saving would skip. */
class NightRulesTest {
    @ParameterizedTest(name = "{0} in {1} is skipped at {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "0 30 2 * * ?         | America/New_York    | 2027-03-14T02:00",
                "0 30 2 ? * SUN       | America/New_York    | 2027-03-14T02:00",
                "0 30 2 9 3 ?         | America/New_York    | 2031-03-09T02:00",
                "0 30 2,14 * * ?      | America/Los_Angeles | 2027-03-14T02:00",
                "0 30 2,4 * * ?       | America/Los_Angeles | 2027-03-14T02:00",
                "0 59 2 * * ?         | Europe/Berlin       | 2027-03-28T02:00",
                "0 10 1 * * ?         | Europe/London       | 2027-03-28T01:00",
                "0 15 2 ? 10 SUN      | Australia/Lord_Howe | 2027-10-03T02:00",
                "0 15 0 * * ?         | America/Santiago    | 2027-09-05T00:00"
            })
    void isFoundWithItsDate(String schedule, String zone, LocalDateTime skipped) {
        assertThat(skippedAt(schedule, zone, "2026-11-22T00:00:00Z")).contains(skipped);
    }

    @ParameterizedTest(name = "{0} in {1} is never skipped")
    @CsvSource(
            delimiter = '|',
            value = {
                "0 30 4 * * ?         | America/Los_Angeles",
                "0 59 1 * * ?         | America/New_York",
                "0 0 3 * * ?          | America/New_York",
                "0 30 2 * * ?         | America/Phoenix",
                "0 30 2 * * ?         | UTC",
                "0 30 2 ? * MON-FRI   | America/New_York",
                "0 30 2 * 7 ?         | America/New_York",
                "0 30 2 14 3 ? 2026   | America/New_York"
            })
    void runsEveryNight(String schedule, String zone) {
        assertThat(skippedAt(schedule, zone, "2026-11-22T00:00:00Z")).isEmpty();
    }

    @ParameterizedTest(name = "{0} loses nothing")
    @ValueSource(strings = {"0 * * * * ?", "0 0/15 2-3 * * ?", "0 30 * * * ?", "0 30 2,3 * * ?"})
    void aScheduleThatRunsSoonAfterTheJumpLosesNothing(String schedule) {
        assertThat(skippedAt(schedule, "America/New_York", "2026-11-22T00:00:00Z"))
                .isEmpty();
    }

    /** What Quartz does with the jump itself decides, not what one might expect of it. */
    @ParameterizedTest(name = "{0} agrees with Quartz")
    @ValueSource(strings = {"0 0 2 * * ?", "0 1 2 * * ?", "0 30 2 * * ?", "0 59 2 * * ?"})
    void agreesWithQuartz(String schedule) throws ParseException {
        CronExpression cron = new CronExpression(schedule);
        cron.setTimeZone(TimeZone.getTimeZone("America/New_York"));
        Instant night = Instant.parse("2027-03-14T05:00:00Z");
        boolean ran =
                cron.getNextValidTimeAfter(Date.from(night)).toInstant().isBefore(night.plus(Duration.ofHours(12)));

        assertThat(skippedAt(schedule, "America/New_York", "2026-11-22T00:00:00Z")
                        .isEmpty())
                .isEqualTo(ran);
    }

    @Test
    void theSearchGoesFiveYearsAheadFromNow() {
        String once = "0 30 2 ? 3 SUN 2032";

        assertThat(skippedAt(once, "America/New_York", "2026-11-22T00:00:00Z")).isEmpty();
        assertThat(skippedAt(once, "America/New_York", "2028-11-22T00:00:00Z"))
                .contains(LocalDateTime.parse("2032-03-14T02:00"));
    }

    private static Optional<LocalDateTime> skippedAt(String schedule, String zone, String now) {
        return NightRules.skipped(schedule, ZoneId.of(zone), Clock.fixed(Instant.parse(now), ZoneOffset.UTC))
                .map(ZoneOffsetTransition::getDateTimeBefore);
    }
}
