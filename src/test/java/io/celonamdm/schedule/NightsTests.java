package io.celonamdm.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.ledger.run.Looks;
import io.celonamdm.ledger.run.SyncStates;
import io.celonamdm.settings.SyncSettings;
import io.celonamdm.sync.Sync;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** When nights are due, with and without jitter. */
class NightsTests {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final SyncSettings SETTINGS = new Binder(new MapConfigurationPropertySource(
                    Map.of("sync.schedule", "0 30 4 * * ?", "sync.time-zone", NEW_YORK.getId())))
            .bindOrCreate("sync", SyncSettings.class);
    private static final Duration TWO_HOURS = Duration.ofHours(2);

    private final DriverManagerDataSource database = new DriverManagerDataSource(TestDatabase.migrated());
    private Instant now = Instant.parse("2026-10-30T00:00:00Z");

    private Nights nights() {
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        JdbcClient jdbc = JdbcClient.create(database);
        return new Nights(new SyncStates(jdbc, clock), new Looks(jdbc, clock), clock);
    }

    private static Sync sync(String name, Duration jitter) {
        return Sync.of(name, SETTINGS, jitter);
    }

    private LocalTime next(Sync sync) {
        return nights().dueAt(sync).orElseThrow().atZone(NEW_YORK).toLocalTime();
    }

    @Test
    void eachSyncHasItsOwnTimeWhichItKeeps() {
        Set<Duration> offsets = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            Duration offset = Nights.offset(sync("customer-" + i, TWO_HOURS));
            assertThat(offset)
                    .isBetween(Duration.ZERO, TWO_HOURS)
                    .isEqualTo(Nights.offset(sync("customer-" + i, TWO_HOURS)));
            offsets.add(offset);
        }
        assertThat(offsets).hasSizeGreaterThan(450);
        assertThat(Nights.offset(sync("warehouse", Duration.ZERO))).isZero();
    }

    @Test
    void theScheduleGoesByItsClockWhateverTheJitter() {
        Sync sync = sync("warehouse", TWO_HOURS);
        LocalTime start = LocalTime.of(4, 30).plus(Nights.offset(sync));
        nights().register(sync);

        // the clocks go back on November 1st
        for (int night = 0; night < 4; night++) {
            assertThat(next(sync)).as("night %d", night).isEqualTo(start);
            now = nights().dueAt(sync).orElseThrow();
            assertThat(nights().take(sync)).isTrue();
            assertThat(nights().take(sync)).isFalse();
        }
        assertThat(now)
                .isEqualTo(start.atDate(now.atZone(NEW_YORK).toLocalDate())
                        .atZone(NEW_YORK)
                        .toInstant());
    }

    @Test
    void aNightThatWasMissedIsKept() {
        Sync sync = sync("warehouse", TWO_HOURS);
        nights().register(sync);
        Instant missed = nights().dueAt(sync).orElseThrow();
        now = now.plus(Duration.ofDays(3));

        nights().register(sync);
        assertThat(nights().dueAt(sync)).contains(missed);
        assertThat(nights().take(sync)).isTrue();
        assertThat(nights().dueAt(sync).orElseThrow()).isBetween(now, now.plus(Duration.ofDays(1)));
    }

    @Test
    void aNightIsNeitherLostNorDoubledWhenItsJitterChanges() {
        nights().register(sync("warehouse", Duration.ZERO));
        assertThat(next(sync("warehouse", Duration.ZERO))).isEqualTo(LocalTime.of(4, 30));

        Sync spread = sync("warehouse", TWO_HOURS);
        nights().register(spread);
        Instant due = nights().dueAt(spread).orElseThrow();
        assertThat(next(spread)).isEqualTo(LocalTime.of(4, 30).plus(Nights.offset(spread)));

        // between the time of the schedule and that of the sync
        now = due.minusSeconds(1);
        nights().register(sync("warehouse", Duration.ZERO));
        assertThat(nights().dueAt(spread)).contains(due);

        now = due;
        assertThat(nights().take(sync("warehouse", Duration.ZERO))).isTrue();
        nights().register(spread);
        assertThat(nights().dueAt(spread)).contains(due.plus(Duration.ofDays(1)));
    }
}
