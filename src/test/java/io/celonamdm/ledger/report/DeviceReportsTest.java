package io.celonamdm.ledger.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.device.FleetReport.Row;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.Place;
import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.esim.SyncName;
import io.celonamdm.json.Json;
import io.celonamdm.ledger.report.DeviceReports.PendingDownload;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Devices whose order and QR code are still usable. */
@Tag(TestDatabase.POSTGRESQL)
class DeviceReportsTest {
    private static final String SYNC = "warehouse";
    private static final SyncName NAME = new SyncName(SYNC);
    private static final String ACTIVE = "activated_at = current_timestamp, grouped_at = current_timestamp";

    private final DriverManagerDataSource database = new DriverManagerDataSource(TestDatabase.create());
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final DeviceReports reports = new DeviceReports(jdbc);

    private void migrate() {
        Flyway.configure().dataSource(database).load().migrate();
    }

    /** A device that has an eSIM and an address. */
    private String device(int number, String step, String place) {
        String eid = "890490320070088826000857%08d".formatted(number);
        MdmDevice shown =
                MdmDevice.builder(eid).managementId(eid).name("name").eid(eid).build();
        jdbc.sql("insert into inventory (sync, eid, mdm_id, record, fingerprint, present)"
                        + " values (:sync, :eid, :eid, :record, '', true)")
                .param("sync", SYNC)
                .param("eid", eid)
                .param("record", Json.write(shown))
                .update();
        jdbc.sql("""
                        insert into device (sync, customer_id, eid, step, place, iccid, smdp_host, pushed_at, created_at)
                        values (:sync, 'c', :eid, :step, :place, '8910500000000000001', 'rsp.example.com',
                            current_timestamp, current_timestamp)
                        """)
                .param("sync", SYNC)
                .param("eid", eid)
                .param("step", step)
                .param("place", place)
                .update();
        return eid;
    }

    private void change(String assignments) {
        jdbc.sql("update device set " + assignments).update();
    }

    private List<PendingDownload> downloads() {
        return reports.pendingDownloads(NAME, "", 100);
    }

    /** A file may name a device twice, and a platform asks for what stands in its file. */
    @Test
    void anEidThatIsAskedForTwiceHasOneRow() {
        migrate();
        String eid = device(1, "PUSH", "WAITING");

        assertThat(reports.of(NAME, List.of(eid, eid))).containsOnlyKeys(eid);
    }

    @ParameterizedTest
    @CsvSource({
        "PUSH, WAITING",
        "PUSH, IN_FLIGHT",
        "PUSH, DEAD",
        "ACTIVATE, WAITING",
        "ACTIVATE, DEAD",
        "CONFIRM, WAITING",
        "CONFIRM, IN_FLIGHT",
        "CONFIRM, DEAD"
    })
    void aDeviceThatWasNotSeenWithItsEsimKeepsItsCode(String step, Place place) {
        migrate();
        String eid = device(1, step, place.name());
        change("code = 'NEVER_SEEN'");
        assertThat(downloads())
                .extracting(PendingDownload::eid, PendingDownload::place)
                .containsExactly(tuple(new Eid(eid), place));

        change(ACTIVE);
        assertThat(downloads()).as("active at Celona").hasSize(1);
        change("push_result = 'ACKNOWLEDGED'");
        assertThat(downloads()).as("and the command acknowledged").hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "verified_at = current_timestamp",
        "confirmed_at = current_timestamp",
        "iccid = null",
        "smdp_host = null",
        "place = 'HELD'",
        "place = 'DONE'",
        "place = 'IN_DOUBT'",
        "step = 'AWAIT'",
        "step = 'RETIRED'",
        "sync = 'stores'"
    })
    void anyOtherHasNone(String otherwise) {
        migrate();
        device(1, "CONFIRM", "WAITING");
        change(otherwise);

        assertThat(downloads()).isEmpty();
    }

    @Test
    void theyComeInPortions() {
        migrate();
        for (int number = 1; number <= 5; number++) {
            device(number, "CONFIRM", "WAITING");
        }
        List<PendingDownload> first = reports.pendingDownloads(NAME, "", 3);
        List<PendingDownload> rest =
                reports.pendingDownloads(NAME, first.get(2).eid().value(), 3);

        assertThat(first).hasSize(3);
        assertThat(rest).hasSize(2).doesNotContainAnyElementsOf(first);
    }

    @Test
    void aReportHasAllDevicesInTheOrderOfTheirEids() {
        migrate();
        String second = device(2, "CONFIRM", "WAITING");
        String first = device(1, "ASSIGN", "HELD");
        change("code = 'NO_GROUP', reason = 'none' , smdp_host = null where eid = '" + first + "'");

        assertThat(reports.all(NAME))
                .extracting(Row::eid, Row::state, Row::step, Row::code, Row::reason)
                .containsExactly(
                        tuple(new Eid(first), "HELD", "ASSIGN", "NO_GROUP", "none"),
                        tuple(new Eid(second), "WAITING", "CONFIRM", null, null));
        assertThat(reports.all(new SyncName("stores"))).isEmpty();
        assertThat(reports.allDownloading(NAME)).singleElement().satisfies(row -> {
            assertThat(row.eid()).isEqualTo(new Eid(second));
            assertThat(row.device().name()).isEqualTo("name");
            assertThat(row.iccid()).isEqualTo(new Iccid("8910500000000000001"));
            assertThat(row.address()).isEqualTo(SmdpAddress.of("rsp.example.com"));
            assertThat(row.isUnconfirmed()).isTrue();
            assertThat(row.isDone()).isFalse();
        });
        assertThat(reports.of(NAME, List.of(first, "89049032007008882600085799999999")))
                .containsOnlyKeys(first);
        assertThat(reports.of(NAME, List.of())).isEmpty();
    }

    /** Until V10, an order that was written counted as a command that the device had acknowledged. */
    @Test
    void anOrderIsNoSignOfADevice() {
        Flyway.configure()
                .dataSource(database)
                .target(MigrationVersion.fromVersion("9"))
                .load()
                .migrate();
        device(1, "ACTIVATE", "WAITING");
        device(2, "ACTIVATE", "WAITING");
        change("push_result = 'ACKNOWLEDGED'");
        jdbc.sql("update inventory set mdm_id = '151' where eid like '%2'").update();
        migrate();

        assertThat(jdbc.sql("select push_result from device order by eid")
                        .query(String.class)
                        .list())
                .containsExactly(null, "ACKNOWLEDGED");
    }
}
