package io.celonamdm.ledger.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.device.DeviceFacts;
import io.celonamdm.ledger.run.SyncStates;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Up to which device the drift check of a large fleet has come, by which rules. */
@Tag(TestDatabase.POSTGRESQL)
class DriftChecksTest {
    private static final String SYNC = "warehouse";
    private static final String EID = "89049032123451234512345678901235";
    private static final SyncName NAME = new SyncName(SYNC);

    private final DriverManagerDataSource database = new DriverManagerDataSource(TestDatabase.migrated());
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final SyncStates states = new SyncStates(jdbc, Clock.systemUTC());
    private final DriftChecks driftChecks = new DriftChecks(
            jdbc, new Drifts(jdbc, Clock.systemUTC()), new DeviceFacts(jdbc, Clock.systemUTC()), Clock.systemUTC());

    @BeforeEach
    void aDeviceIsCompared() {
        states.schedule(NAME, "0 0 2 * * ?", "UTC", null);
        jdbc.sql("insert into device (sync, customer_id, eid, step, place, compared, created_at)"
                        + " values (:sync, 'c', '" + EID + "', 'DONE', 'DONE', true, current_timestamp)")
                .param("sync", SYNC)
                .update();
        driftChecks.comparedBy(NAME, "rules");
    }

    private void reach(String rules, String eid) {
        driftChecks.reached(NAME, rules, new Eid(eid));
    }

    @Test
    void otherRulesHaveEachDeviceComparedAgain() {
        assertThat(driftChecks.reached(NAME, "rules")).isEmpty();
        assertThat(driftChecks.reached(NAME, "other rules")).contains("");
        assertThat(driftChecks.reached(new SyncName("unknown"), "rules")).contains("");
    }

    @Test
    void aComparisonGoesOnWhereItWas() {
        reach("other rules", EID);
        assertThat(driftChecks.reached(NAME, "other rules")).contains(EID);

        driftChecks.comparedBy(NAME, "other rules");
        assertThat(driftChecks.reached(NAME, "other rules")).isEmpty();
    }

    /** Some devices were compared by the other rules, so that even the old ones are due for all. */
    @ParameterizedTest
    @ValueSource(strings = {"rules", "third rules"})
    void aComparisonByOtherRulesBeginsAtTheBeginning(String now) {
        reach("other rules", EID);

        assertThat(driftChecks.reached(NAME, now)).contains("");
    }

    @Test
    void theRulesOfAComparisonThatWasNotFinishedAreForgottenWithTheNext() {
        reach("other rules", EID);
        reach("rules", EID);
        driftChecks.comparedBy(NAME, "rules");

        assertThat(driftChecks.reached(NAME, "rules")).isEmpty();
    }
}
