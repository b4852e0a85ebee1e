package io.celonamdm.ledger.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.esim.SyncName;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What ends the stop of a sync whose run a person cancelled. */
@Tag(TestDatabase.POSTGRESQL)
class CancelledTest {
    private static final SyncName SYNC = new SyncName("warehouse");
    private static final Duration WINDOW = Duration.ofHours(2);

    private final DriverManagerDataSource database = new DriverManagerDataSource(TestDatabase.migrated());
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final Runs runs = new Runs(jdbc, Clock.systemUTC());

    @ParameterizedTest
    @CsvSource({"true, CANCELLED", "false, -"})
    void aRunThatOnlyPlansSendsNothing(boolean planOnly, String stopped) {
        stopped("CANCELLED");

        assertThat(runs.open(SYNC, Run.Cause.ON_DEMAND, planOnly, WINDOW)).isTrue();

        assertThat(stopped()).isEqualTo(stopped);
    }

    @Test
    void anApprovedPlanIsCarriedOut() {
        stopped("CANCELLED");

        assertThat(runs.openApproved(SYNC, WINDOW)).isTrue();

        assertThat(stopped()).isEqualTo("-");
    }

    @Test
    void aPauseOutlastsEveryRun() {
        stopped("PAUSED");

        assertThat(runs.open(SYNC, Run.Cause.NIGHTLY, false, WINDOW)).isTrue();

        assertThat(stopped()).isEqualTo("PAUSED");
    }

    private void stopped(String kind) {
        jdbc.sql("insert into sync (name, schedule, time_zone, stopped) values (:sync, '', 'UTC', :kind)")
                .param("sync", SYNC.value())
                .param("kind", kind)
                .update();
    }

    private String stopped() {
        return jdbc.sql("select coalesce(stopped, '-') from sync where name = :sync")
                .param("sync", SYNC.value())
                .query(String.class)
                .single();
    }
}
