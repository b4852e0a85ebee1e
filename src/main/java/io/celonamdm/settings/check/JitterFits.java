package io.celonamdm.settings.check;

import io.celonamdm.settings.CronTimes;
import io.celonamdm.settings.SyncSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** The jitter is shorter than the time between two nights, so that they cannot overlap. */
final class JitterFits implements SyncRule {
    private static final int NIGHTS = 10;

    private final Clock clock;
    private final Duration ofAll;

    JitterFits(Clock clock, Duration ofAll) {
        this.clock = clock;
        this.ofAll = ofAll;
    }

    @Override
    public void check(ConfigurationPropertyName at, SyncSettings sync, Problems problems) {
        Duration jitter = sync.jitter() == null ? ofAll : sync.jitter();
        if (jitter.isZero() || problems.spoil(at.append("schedule")) || problems.spoil(at.append("time-zone"))) {
            return;
        }
        Duration between = shortest(CronTimes.of(sync.schedule(), sync.timeZone()));
        if (jitter.compareTo(between) >= 0) {
            problems.add(
                    (sync.jitter() == null ? Keys.CONNECTOR : at).append("jitter"),
                    "must be shorter than the %d minutes between two nights of %s".formatted(between.toMinutes(), at));
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
}
