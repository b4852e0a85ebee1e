package io.celonamdm.settings;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/** Finds the night on which a schedule would not run, because clocks jump over its time. */
final class SkippedNight {
    private static final Period HORIZON = Period.ofYears(5);
    /** A schedule that runs within this time after the jump has lost nothing: it runs hourly or oftener. */
    private static final Duration MADE_UP_FOR = Duration.ofHours(1);

    private SkippedNight() {}

    /** The first jump of the coming five years in which the schedule would have run, and after which it does not soon. */
    static Optional<ZoneOffsetTransition> of(String schedule, ZoneId zone, Clock clock) {
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
        // With the offset before the jump for ever, the swallowed hour exists and shows whether the schedule wants it.
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
