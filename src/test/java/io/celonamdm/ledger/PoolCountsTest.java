package io.celonamdm.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.database.TestDatabase;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** How many eSIMs of a customer are held, and how many are waited for. */
@Tag(TestDatabase.POSTGRESQL)
class PoolCountsTest {
    private static final String CUSTOMER = "104242";

    private final DriverManagerDataSource database = new DriverManagerDataSource(TestDatabase.create());
    private final JdbcClient jdbc = JdbcClient.create(database);
    private int devices;

    @BeforeEach
    void migrate() {
        Flyway.configure().dataSource(database).load().migrate();
    }

    private void device(String sync, String customer, String step, String place, @Nullable String iccid) {
        devices++;
        jdbc.sql("""
                        insert into device (sync, customer_id, eid, step, place, iccid, created_at)
                        values (:sync, :customer, :eid, :step, :place, :iccid, current_timestamp)
                        """)
                .param("sync", sync)
                .param("customer", customer)
                .param("eid", "890490320070088826000857%08d".formatted(devices))
                .param("step", step)
                .param("place", place)
                .param("iccid", iccid)
                .update();
    }

    @Test
    void anEsimIsHeldFromItsAssignmentUntilItsDeviceIsRetired() {
        device("warehouse", CUSTOMER, "PUSH", "WAITING", "8910500000000000001");
        device("warehouse", CUSTOMER, "ACTIVATE", "DEAD", "8910500000000000002");
        device("warehouse", CUSTOMER, "DONE", "DONE", "8910500000000000003");
        device("warehouse", CUSTOMER, "CONFIRM", "HELD", "8910500000000000004");
        device("stores", CUSTOMER, "DONE", "DONE", "8910500000000000005");
        device("stores", CUSTOMER, "DONE", "DONE", "8910500000000000003");
        device("warehouse", CUSTOMER, "RETIRED", "RETIRED", "8910500000000000006");
        device("warehouse", CUSTOMER, "ASSIGN", "WAITING", null);
        device("others", "7", "DONE", "DONE", "8910500000000000007");

        assertThat(new IccidHolders(jdbc).held(CUSTOMER)).isEqualTo(5);
        assertThat(new IccidHolders(jdbc).held("nobody")).isZero();
    }

    @Test
    void whoWasAdmittedAndHasNoneWantsOne() {
        device("warehouse", CUSTOMER, "ASSIGN", "WAITING", null);
        device("warehouse", CUSTOMER, "ASSIGN", "IN_FLIGHT", null);
        device("warehouse", CUSTOMER, "AWAIT", "WAITING", null);
        device("warehouse", CUSTOMER, "ASSIGN", "HELD", null);
        device("warehouse", CUSTOMER, "AWAIT", "DEAD", null);
        device("warehouse", CUSTOMER, "PUSH", "WAITING", "8910500000000000001");
        device("stores", CUSTOMER, "ASSIGN", "WAITING", null);

        assertThat(new DeviceCounts(jdbc).withoutEsim("warehouse")).isEqualTo(3);
    }
}
