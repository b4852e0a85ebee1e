package io.celonamdm.settings;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.quartz.CronExpression;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** Nights are put off by less than the time between two of them, so that each has its own. */
final class JitterFits {
    private static final int NIGHTS = 10;

    private final Clock clock;

    JitterFits(Clock clock) {
        this.clock = clock;
    }

    void check(ConnectorSettings settings, Problems problems) {
        settings.syncs().forEach((name, sync) -> {
            // a sync that could not be bound at all is in the report already
            if (sync != null) {
                check(MapEntries.entry(MapEntries.SYNCS, name), sync, settings.jitter(), problems);
            }
        });
    }

    private void check(ConfigurationPropertyName at, SyncSettings sync, Duration ofAll, Problems problems) {
        Duration jitter = sync.jitter() == null ? ofAll : sync.jitter();
        if (jitter.isZero()
                || sync.schedule() == null
                || !CronExpression.isValidExpression(sync.schedule())
                || problems.spoil(at.append("time-zone"))) {
            return;
        }
        Duration between = shortest(sync);
        ConfigurationPropertyName key =
                sync.jitter() == null ? KeyMatch.CONNECTOR.append("jitter") : at.append("jitter");
        if (jitter.compareTo(between) >= 0 && !problems.spoil(key)) {
            problems.add(
                    key,
                    "must be shorter than the %d minutes between two nights of %s".formatted(between.toMinutes(), at));
        }
    }

    private Duration shortest(SyncSettings sync) {
        Duration shortest = Duration.ofDays(366);
        CronTimes times = CronTimes.of(sync.schedule(), sync.timeZone());
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
