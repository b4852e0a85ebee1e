package io.celonamdm.ledger.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.esim.Place;
import io.celonamdm.esim.Position;
import io.celonamdm.esim.Step;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Times;
import io.celonamdm.ledger.inventory.IccidHolders;
import io.celonamdm.ledger.report.DeviceCounts.Reached;
import io.celonamdm.ledger.report.SyncSnapshot.CodeCount;
import io.celonamdm.ledger.report.SyncSnapshot.DeadLetterCount;
import io.celonamdm.ledger.report.SyncSnapshot.StepCount;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Counts devices by place, step and code: for one sync, and in snapshots of one sync and of all. */
@Tag(TestDatabase.POSTGRESQL)
@ExtendWith(OutputCaptureExtension.class)
class DeviceCountsTest {
    private static final String SYNC = "warehouse";
    private static final SyncName NAME = new SyncName(SYNC);
    private static final String CUSTOMER = "104242";
    private static final Instant EVENING = Instant.parse("2026-11-24T20:00:00Z");
    private static final Instant NIGHT = Instant.parse("2026-11-25T03:00:00Z");

    private final DriverManagerDataSource database = new DriverManagerDataSource(TestDatabase.migrated());
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final DeviceCounts counts = new DeviceCounts(jdbc);
    private final SyncSnapshots snapshots = new SyncSnapshots(jdbc);
    private int devices;

    @Test
    void aRowThatContradictsItselfHidesNoOther(CapturedOutput output) {
        sync(SYNC);
        sync("depot");
        device(SYNC, CUSTOMER, "DONE", "WAITING", null);
        device(SYNC, CUSTOMER, "PUSH", "WAITING", null);
        device("depot", CUSTOMER, "ASSIGN", "NOWHERE", null);
        device("depot", CUSTOMER, "DONE", "DONE", null);

        LedgerSnapshot all = snapshots.all();
        snapshots.all();

        assertThat(all.of(NAME).devices())
                .containsExactly(new StepCount(new Position(Place.WAITING, Step.PUSH), 1, null));
        assertThat(all.of(new SyncName("depot")).devices())
                .containsExactly(new StepCount(new Position(Place.DONE, null), 1, null));
        assertThat(output.getOut().lines().filter(line -> line.contains("ERROR")))
                .as("each is told, and once")
                .hasSize(2)
                .anySatisfy(line -> assertThat(line)
                        .contains("sync warehouse", "devices=1", "place=WAITING", "step=DONE", "is not counted"));
    }

    private void sync(String name) {
        jdbc.sql("insert into sync (name, schedule, time_zone) values (:name, '0 0 3 * * ?', 'UTC')")
                .param("name", name)
                .update();
    }

    private void run(long id, String sync, Instant openedAt, @Nullable String outcome) {
        jdbc.sql("""
                        insert into run (id, sync, open_sync, cause, plan_only, opened_at, window_ends_at, closed_at, pull, outcome)
                        values (:id, :sync, :open, 'NIGHTLY', false, :at, :at, :closed, 'DONE', :outcome)
                        """)
                .param("id", id)
                .param("sync", sync)
                .param("open", outcome == null ? sync : null)
                .param("at", Times.of(openedAt))
                .param("closed", outcome == null ? null : Times.of(openedAt.plusSeconds(60)))
                .param("outcome", outcome)
                .update();
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

    private void deviceWith(String sync, String step, String place, @Nullable String code, @Nullable Long run) {
        device(sync, CUSTOMER, step, place, null);
        jdbc.sql("update device set code = :code, run_id = :run, due_at = :due where eid like :last")
                .param("code", code)
                .param("run", run)
                .param("due", "WAITING".equals(place) ? Times.of(NIGHT.plusSeconds(devices)) : null)
                .param("last", "%%%08d".formatted(devices))
                .update();
    }

    private void deadLetter(String sync, String code, Instant firstAt, Instant lastAt, boolean open) {
        devices++;
        jdbc.sql("""
                        insert into dead_letter (sync, device_id, open_device, eid, step, code, reason, attempts, first_at, last_at)
                        values (:sync, :device, :open, :eid, 'PUSH', :code, '', 1, :first, :last)
                        """)
                .param("sync", sync)
                .param("device", devices)
                .param("open", open ? devices : null)
                .param("eid", "890490320070088826000857%08d".formatted(devices))
                .param("code", code)
                .param("first", Times.of(firstAt))
                .param("last", Times.of(lastAt))
                .update();
    }

    private void fleet() {
        sync(SYNC);
        sync("stores");
        run(1, SYNC, EVENING, "SUCCESS");
        run(2, SYNC, NIGHT, null);
        run(3, "stores", NIGHT, "FAILED");
        deviceWith(SYNC, "ASSIGN", "WAITING", null, 2L);
        deviceWith(SYNC, "PUSH", "WAITING", "UNREACHABLE", 2L);
        deviceWith(SYNC, "PUSH", "IN_FLIGHT", "UNREACHABLE", 1L);
        deviceWith(SYNC, "ACTIVATE", "WAITING", "NOT_PROVISIONED", null);
        deviceWith(SYNC, "ASSIGN", "HELD", "MAX_NEW", 1L);
        deviceWith(SYNC, "ASSIGN", "HELD", "NO_GROUP", 2L);
        deviceWith(SYNC, "PUSH", "HELD", "NO_GROUP", 1L);
        deviceWith(SYNC, "PUSH", "HELD", "OUT_OF_SCOPE", 1L);
        deviceWith(SYNC, "ASSIGN", "IN_DOUBT", "ASSIGN_IN_DOUBT", 2L);
        deviceWith(SYNC, "AWAIT", "IN_DOUBT", "REQUEST_UNKNOWN", 1L);
        deviceWith(SYNC, "DONE", "DONE", "NAME_NOT_APPLIED", 1L);
        deviceWith(SYNC, "DONE", "DONE", null, 1L);
        deviceWith(SYNC, "RETIRED", "RETIRED", null, 1L);
        deviceWith("stores", "AWAIT", "WAITING", "POOL_EXHAUSTED", 3L);
        deadLetter(SYNC, "COMMAND_FAILED", EVENING, NIGHT, true);
        deadLetter(SYNC, "COMMAND_FAILED", NIGHT, NIGHT, true);
        deadLetter(SYNC, "WRONG_POOL", EVENING, EVENING, true);
        deadLetter(SYNC, "ASSIGN_FAILED", NIGHT, NIGHT, false);
    }

    @Test
    void theCountsOfASyncAreThoseOfItsSnapshot() {
        fleet();

        assertThat(snapshots.all().of(NAME))
                .usingRecursiveComparison()
                .ignoringCollectionOrder()
                .isEqualTo(snapshots.of(NAME));
        for (String sync : new String[] {SYNC, "stores", "unknown"}) {
            SyncSnapshot snapshot = snapshots.of(new SyncName(sync));
            assertThat(counts.waitingByStep(new SyncName(sync))).isEqualTo(snapshot.waitingByStep());
            assertThat(counts.waitingByCode(new SyncName(sync))).isEqualTo(snapshot.waitingByCode());
            assertThat(counts.heldByCode(new SyncName(sync))).isEqualTo(snapshot.heldByCode());
            assertThat(counts.inDoubt(new SyncName(sync))).isEqualTo(snapshot.inDoubt());
            assertThat(counts.deadLettersByCode(new SyncName(sync))).isEqualTo(snapshot.openDeadLettersByCode());
        }
    }

    @Test
    void aSnapshotCountsByPlaceStepAndCode() {
        fleet();
        SyncSnapshot snapshot = snapshots.all().of(NAME);

        assertThat(snapshot.devicesByPlace())
                .isEqualTo(
                        Map.of("WAITING", 3L, "IN_FLIGHT", 1L, "HELD", 4L, "IN_DOUBT", 2L, "DONE", 2L, "RETIRED", 1L));
        assertThat(snapshot.waitingByStep()).isEqualTo(Map.of("ASSIGN", 1L, "PUSH", 2L, "ACTIVATE", 1L));
        assertThat(snapshot.devices())
                .contains(new StepCount(new Position(Place.WAITING, Step.PUSH), 1, NIGHT.plusSeconds(2)))
                .contains(new StepCount(new Position(Place.HELD, Step.PUSH), 2, null));
        assertThat(snapshot.waiting())
                .containsExactly(
                        new CodeCount(Place.WAITING, "NOT_PROVISIONED", 1, null),
                        new CodeCount(Place.WAITING, "UNREACHABLE", 2, EVENING));
        assertThat(snapshot.held())
                .containsExactly(
                        new CodeCount(Place.HELD, "MAX_NEW", 1, EVENING),
                        new CodeCount(Place.HELD, "NO_GROUP", 2, EVENING),
                        new CodeCount(Place.HELD, "OUT_OF_SCOPE", 1, EVENING));
        assertThat(snapshot.inDoubt()).isEqualTo(2);
        assertThat(snapshot.inDoubtSince()).isEqualTo(EVENING);
        assertThat(snapshot.deadLetters())
                .containsExactlyInAnyOrder(
                        new DeadLetterCount("ASSIGN_FAILED", 1, 0, null),
                        new DeadLetterCount("COMMAND_FAILED", 2, 2, EVENING),
                        new DeadLetterCount("WRONG_POOL", 1, 1, EVENING));
        assertThat(snapshot.openDeadLettersByCode()).isEqualTo(Map.of("COMMAND_FAILED", 2L, "WRONG_POOL", 1L));
        assertThat(snapshot.openDeadLetters()).isEqualTo(3);
        assertThat(snapshot.lastGoodRun()).contains(EVENING.plusSeconds(60));
        assertThat(snapshots.all().of(new SyncName("stores")).withoutEsim()).isEqualTo(1);
        assertThat(snapshots.all().of(new SyncName("stores")).lastGoodRun()).isEmpty();
    }

    @Test
    void theLedgerKnowsNothingOfOtherSyncs() {
        fleet();

        assertThat(snapshots.of(new SyncName("unknown"))).isEqualTo(SyncSnapshot.EMPTY);
        assertThat(snapshots.all().syncs()).containsOnlyKeys(NAME, new SyncName("stores"));
    }

    @Test
    void whatARunHasReachedIsCountedFromItsBeginning() {
        fleet();
        jdbc.sql("update device set assigned_at = :then, pushed_at = :now where place = 'WAITING' and sync = :sync")
                .param("then", Times.of(EVENING))
                .param("now", Times.of(NIGHT))
                .param("sync", SYNC)
                .update();
        jdbc.sql(
                        "update device set created_at = :then, done_at = :now, activated_at = :now where code = 'NAME_NOT_APPLIED'")
                .param("then", Times.of(EVENING))
                .param("now", Times.of(NIGHT))
                .update();

        assertThat(counts.reachedSince(NAME, NIGHT)).isEqualTo(new Reached(0, 0, 3, 1, 0, 1));
        assertThat(counts.warningsSince(NAME, NIGHT)).isEqualTo(Map.of("NAME_NOT_APPLIED", 1L));
        assertThat(counts.warningsSince(NAME, NIGHT.plusSeconds(1))).isEmpty();
        assertThat(counts.deadLettersSince(NAME, NIGHT)).isEqualTo(Map.of("COMMAND_FAILED", 2L));
        assertThat(counts.newDeadLetters(NAME, NIGHT)).isEqualTo(1);
        assertThat(counts.ruledOut(NAME)).isEqualTo(2);
        assertThat(counts.unfinished(NAME)).isEqualTo(4);
    }

    @Test
    void anEsimIsHeldFromItsAssignmentUntilItsDeviceIsRetired() {
        device(SYNC, CUSTOMER, "PUSH", "WAITING", "8910500000000000001");
        device(SYNC, CUSTOMER, "ACTIVATE", "DEAD", "8910500000000000002");
        device(SYNC, CUSTOMER, "DONE", "DONE", "8910500000000000003");
        device(SYNC, CUSTOMER, "CONFIRM", "HELD", "8910500000000000004");
        device("stores", CUSTOMER, "DONE", "DONE", "8910500000000000005");
        device("stores", CUSTOMER, "DONE", "DONE", "8910500000000000003");
        device(SYNC, CUSTOMER, "RETIRED", "RETIRED", "8910500000000000006");
        device(SYNC, CUSTOMER, "ASSIGN", "WAITING", null);
        device("others", "7", "DONE", "DONE", "8910500000000000007");

        assertThat(new IccidHolders(jdbc).held(CUSTOMER)).isEqualTo(5);
        assertThat(new IccidHolders(jdbc).held("nobody")).isZero();
    }

    @Test
    void whoWasAdmittedAndHasNoneWantsOne() {
        device(SYNC, CUSTOMER, "ASSIGN", "WAITING", null);
        device(SYNC, CUSTOMER, "ASSIGN", "IN_FLIGHT", null);
        device(SYNC, CUSTOMER, "AWAIT", "WAITING", null);
        device(SYNC, CUSTOMER, "ASSIGN", "HELD", null);
        device(SYNC, CUSTOMER, "AWAIT", "DEAD", null);
        device(SYNC, CUSTOMER, "PUSH", "WAITING", "8910500000000000001");
        device("stores", CUSTOMER, "ASSIGN", "WAITING", null);

        assertThat(counts.withoutEsim(NAME)).isEqualTo(3);
    }
}
