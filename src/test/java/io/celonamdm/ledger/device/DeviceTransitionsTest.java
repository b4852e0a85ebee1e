package io.celonamdm.ledger.device;

import static io.celonamdm.ledger.device.DeviceTransitionTable.EID;
import static io.celonamdm.ledger.device.DeviceTransitionTable.ICCID;
import static io.celonamdm.ledger.device.DeviceTransitionTable.ID;
import static io.celonamdm.ledger.device.DeviceTransitionTable.NOW;
import static io.celonamdm.ledger.device.DeviceTransitionTable.RE_ENROLLED;
import static io.celonamdm.ledger.device.DeviceTransitionTable.SHOWN;
import static io.celonamdm.ledger.device.DeviceTransitionTable.SYNC;
import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Place;
import io.celonamdm.esim.Position;
import io.celonamdm.esim.Step;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Times;
import io.celonamdm.ledger.device.DeviceTransitionTable.Transition;
import io.celonamdm.ledger.report.DeviceStates;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Each transition from each state: the resulting state, or no change. */
@Tag(TestDatabase.POSTGRESQL)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeviceTransitionsTest {
    private final SingleConnectionDataSource database = new SingleConnectionDataSource(TestDatabase.migrated(), true);
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final DeviceTransitions transitions = new DeviceTransitions(jdbc, Clock.fixed(NOW, ZoneOffset.UTC));

    @BeforeAll
    void migrate() {
        jdbc.sql("""
                        insert into journal (id, sync, step, state, intended_at)
                        values (1, :sync, 'ASSIGN', 'INTENDED', current_timestamp)
                        """).param("sync", SYNC).update();
    }

    @AfterAll
    void close() {
        database.destroy();
    }

    /** The device as it is before: what no transition may leave in another place is set, so that it is seen to go. */
    private void begin(Position state, String columns) {
        for (String table : List.of("dead_letter", "inventory", "drift", "device")) {
            jdbc.sql("delete from " + table).update();
        }
        boolean due = Place.UNDER_WAY.contains(state.place());
        jdbc.sql("""
                        insert into device (id, sync, customer_id, eid, owned_eid, step, place, due_at, waits_for_device, attempts,
                            journal_id, iccid, created_at)
                        values (:id, :sync, 'c', :eid, :eid, :step, :place, :due, :waits, 3, null, :iccid, :created)
                        """)
                .param("id", ID)
                .param("sync", SYNC)
                .param("eid", EID)
                .param("step", state.shownStep())
                .param("place", state.place().name())
                .param("due", due ? Times.of(NOW.minusSeconds(1)) : null)
                .param("waits", due)
                .param(
                        "iccid",
                        Stream.of("ASSIGN", "AWAIT", "RETIRED").anyMatch(state.shownStep()::equals)
                                ? null
                                : ICCID.value())
                .param("created", Times.of(NOW.minus(Duration.ofDays(1))))
                .update();
        if (columns.startsWith(SHOWN)) {
            jdbc.sql("""
                            insert into inventory (sync, eid, mdm_id, record, fingerprint, present)
                            values (:sync, :eid, '1', '{}', '', true)
                            """).param("sync", SYNC).param("eid", EID).update();
        }
        if (columns.startsWith(RE_ENROLLED)) {
            jdbc.sql("""
                            insert into drift (sync, eid, code, detail, first_run, since)
                            values (:sync, :eid, 'RE_ENROLLED', '', 1, :now)
                            """)
                    .param("sync", SYNC)
                    .param("eid", EID)
                    .param("now", Times.of(NOW))
                    .update();
        }
        String set = columns.replace(SHOWN, "").replace(RE_ENROLLED, "");
        if (!set.isEmpty()) {
            jdbc.sql("update device set " + set).update();
        }
        if (state.place() == Place.DEAD) {
            jdbc.sql("""
                            insert into dead_letter (id, sync, device_id, open_device, eid, step, code, reason, attempts, first_at,
                                last_at)
                            values (:id, :sync, :id, :id, :eid, :step, 'OTHER', '', 1, :now, :now)
                            """)
                    .param("id", ID)
                    .param("sync", SYNC)
                    .param("eid", EID)
                    .param("step", state.shownStep())
                    .param("now", Times.of(NOW))
                    .update();
        }
    }

    private DeviceState seen() {
        return new DeviceStates(jdbc).find(new SyncName(SYNC), new Eid(EID)).orElseThrow();
    }

    private Map<String, Object> row() {
        return new TreeMap<>(jdbc.sql("select * from device").query().singleRow().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> String.valueOf(entry.getValue()))));
    }

    /** Where the transition leads from the state; null if it changes nothing. */
    private @Nullable Position after(Transition transition, Position from) {
        begin(from, transition.columns());
        Map<String, Object> before = row();
        transition.change().accept(transitions, seen());
        Map<String, Object> after = row();
        Position to = Position.of(Place.valueOf(String.valueOf(after.get("place"))), String.valueOf(after.get("step")));
        assertThat(after).as("the column repeats the place").containsEntry("step", to.shownStep());
        assertThat("null".equals(after.get("due_at")))
                .as("%s from %s to %s: what is under way is due, and nothing else", transition, from, to)
                .isEqualTo(!Place.UNDER_WAY.contains(to.place()));
        return after.equals(before) ? null : to;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.celonamdm.ledger.device.DeviceTransitionTable#transitions")
    void leadsWhereTheTableSays(Transition transition) {
        Map<String, String> expected = new TreeMap<>();
        Map<String, String> actual = new TreeMap<>();
        DeviceTransitionTable.positions().forEach(from -> {
            expected.put(from.toString(), String.valueOf(transition.expected(from)));
            actual.put(from.toString(), String.valueOf(after(transition, from)));
        });
        assertThat(actual).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "place = 'IN_FLIGHT'",
                "step = 'ASSIGN'",
                "code = 'VENDOR_ERROR'",
                "iccid = '8910500000000000002'",
                "smdp_host = 'other.go-esim.com'"
            })
    void whatAPersonAsksForIsNotDoneToADeviceThatHasMovedOn(String since) {
        for (Transition transition : DeviceTransitionTable.byHand()) {
            begin(new Position(Place.WAITING, Step.PUSH), transition.columns());
            DeviceState seen = seen();
            jdbc.sql("update device set " + since).update();
            Map<String, Object> before = row();

            transition.change().accept(transitions, seen);

            assertThat(row()).as("%s", transition).isEqualTo(before);
        }
    }

    @Test
    void theTableHasEveryTransition() {
        assertThat(DeviceTransitionTable.transitions().stream()
                        .map(Transition::method)
                        .distinct())
                .containsAll(Arrays.stream(DeviceTransitions.class.getDeclaredMethods())
                        .filter(method -> !Modifier.isPrivate(method.getModifiers()) && !method.isSynthetic())
                        .map(Method::getName)
                        .toList());
    }
}
