package io.celonamdm.ledger.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A run whose pull did not finish. */
@Tag(TestDatabase.POSTGRESQL)
class FailedPullTest {
    private static final SyncName SYNC = new SyncName("warehouse");

    private final DriverManagerDataSource database = new DriverManagerDataSource(TestDatabase.migrated());
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final Runs runs = new Runs(jdbc, Clock.systemUTC());

    @BeforeEach
    void aRunIsOpen() {
        jdbc.sql("insert into sync (name, schedule, time_zone) values (:sync, '', 'UTC')")
                .param("sync", SYNC.value())
                .update();
        assertThat(runs.open(SYNC, Run.Cause.NIGHTLY, false, Duration.ofHours(2)))
                .isTrue();
    }

    private Run run() {
        return runs.open(SYNC).orElseThrow();
    }

    @Test
    void itIsTriedAgainOrGivenUp() {
        Instant again = Instant.parse("2026-11-24T03:00:00Z");

        runs.pullFailed(run().id(), ReasonCode.UNREACHABLE, "no answer", again);

        assertThat(run().pullDueAt()).isEqualTo(again);
        assertThat(run().code()).isEqualTo(ReasonCode.UNREACHABLE.name());
        assertThat(run().pullAttempts()).isEqualTo(1);

        runs.pullFailed(run().id(), ReasonCode.UNREACHABLE, "no answer", null);

        assertThat(run().pullDueAt()).isNull();
        assertThat(run().pullAttempts()).isEqualTo(2);
    }
}
