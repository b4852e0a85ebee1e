package io.celonamdm.ledger.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.device.DeviceFacts;
import io.celonamdm.ledger.run.SyncStates;
import io.celonamdm.ledger.run.SyncStates.Stop.Kind;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The drift check of a large fleet, which takes minutes in one transaction. */
@Tag(TestDatabase.POSTGRESQL)
class DriftChecksTest {
    private static final String SYNC = "warehouse";
    private static final SyncName NAME = new SyncName(SYNC);

    private final DriverManagerDataSource database = new DriverManagerDataSource(TestDatabase.create());
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final SyncStates states = new SyncStates(jdbc, Clock.systemUTC());
    private final DriftChecks driftChecks = new DriftChecks(
            jdbc, new Drifts(jdbc, Clock.systemUTC()), new DeviceFacts(jdbc, Clock.systemUTC()), Clock.systemUTC());
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));

    @BeforeEach
    void aDeviceIsCompared() {
        Flyway.configure().dataSource(database).load().migrate();
        states.schedule(NAME, "0 0 2 * * ?", "UTC", null);
        jdbc.sql(
                        "insert into device (sync, customer_id, eid, step, place, compared, created_at)"
                                + " values (:sync, 'c', '89049032123451234512345678901235', 'DONE', 'DONE', true, current_timestamp)")
                .param("sync", SYNC)
                .update();
        driftChecks.comparedBy(NAME, "rules");
    }

    private boolean isCompared() {
        return jdbc.sql("select compared from device").query(Boolean.class).single();
    }

    @Test
    void otherRulesHaveEachDeviceComparedAgain() {
        driftChecks.rulesAre(NAME, "rules");
        assertThat(isCompared()).isTrue();

        driftChecks.rulesAre(NAME, "other rules");
        assertThat(isCompared()).isFalse();
    }

    @Test
    void aPersonCanStopTheSyncMeanwhile() {
        transaction.executeWithoutResult(status -> {
            driftChecks.rulesAre(NAME, "other rules");

            assertThat(CompletableFuture.runAsync(() -> states.stop(NAME, Kind.PAUSED, "maintenance")))
                    .succeedsWithin(10, TimeUnit.SECONDS);

            driftChecks.comparedBy(NAME, "other rules");
        });

        assertThat(states.find(NAME).orElseThrow().stop()).isNotNull();
    }
}
