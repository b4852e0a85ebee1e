package io.celonamdm.ledger.database;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.esim.SyncName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quartz.TriggerKey;
import org.quartz.simpl.CascadingClassLoadHelper;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Which replica fires what. Replicas look every five seconds, and those whose own trigger was set look at once. */
@Tag(TestDatabase.POSTGRESQL)
class BalancingDelegateTest {
    private static final String SCHEDULER = "connector";
    private static final long HORIZON = 5_000;
    private static final long LOOK = 5_000;

    private static final SingleConnectionDataSource DATABASE =
            new SingleConnectionDataSource(TestDatabase.migrated(), true);

    private final JdbcClient jdbc = JdbcClient.create(DATABASE);
    private final ReplicaLoads loads = new ReplicaLoads(jdbc);
    private final Map<String, BalancingDelegate> replicas = new TreeMap<>();
    private long now = 1_000_000_000;

    @AfterAll
    static void close() {
        DATABASE.destroy();
    }

    @BeforeEach
    void forget() {
        for (String table : List.of("fired_triggers", "triggers", "job_details", "scheduler_state")) {
            jdbc.sql("delete from qrtz_" + table).update();
        }
    }

    private void join(String... names) throws Exception {
        for (String name : names) {
            BalancingDelegate delegate = new BalancingDelegate();
            delegate.initialize(
                    LoggerFactory.getLogger(getClass()),
                    "qrtz_",
                    SCHEDULER,
                    name,
                    new CascadingClassLoadHelper(),
                    false,
                    null);
            replicas.put(name, delegate);
            jdbc.sql("insert into qrtz_scheduler_state values (:scheduler, :name, :now, 3000)")
                    .param("scheduler", SCHEDULER)
                    .param("name", name)
                    .param("now", now)
                    .update();
        }
    }

    /** Time passes, and every replica but the dead ones checks in. */
    private void pass(long time, String... dead) {
        now += time;
        jdbc.sql("update qrtz_scheduler_state set last_checkin_time = :now where not instance_name = any(:dead)")
                .param("now", now)
                .param("dead", dead)
                .update();
    }

    private void due(String group, long at, String... syncs) {
        for (String sync : syncs) {
            jdbc.sql("""
                            insert into qrtz_job_details values
                                (:scheduler, :sync, 'sync', null, 'Job', true, true, false, true, null)
                            on conflict do nothing
                            """).param("scheduler", SCHEDULER).param("sync", sync).update();
            jdbc.sql("""
                            insert into qrtz_triggers (sched_name, trigger_name, trigger_group, job_name, job_group,
                                next_fire_time, priority, trigger_state, trigger_type, start_time, misfire_instr)
                            values (:scheduler, :sync, :group, :sync, 'sync', :at, 5, 'WAITING', 'SIMPLE', 0, 0)
                            """)
                    .param("scheduler", SCHEDULER)
                    .param("sync", sync)
                    .param("group", group)
                    .param("at", at)
                    .update();
        }
    }

    private void due(String... syncs) {
        due("due", now, syncs);
    }

    private static String[] syncs(int number) {
        String[] syncs = new String[number];
        for (int i = 0; i < number; i++) {
            syncs[i] = "sync-" + i;
        }
        return syncs;
    }

    /** A replica looks until it finds nothing more, and fires what it finds. */
    private List<String> look(String replica) throws SQLException {
        List<String> fired = new ArrayList<>();
        List<TriggerKey> found = select(replica, 1);
        while (!found.isEmpty()) {
            assertThat(found).hasSize(1);
            fire(replica, found.get(0));
            fired.add(found.get(0).getName());
            found = select(replica, 1);
        }
        return fired;
    }

    private List<TriggerKey> select(String replica, int most) throws SQLException {
        try (Connection connection = DATABASE.getConnection()) {
            return requireNonNull(replicas.get(replica))
                    .selectTriggerToAcquire(connection, now + HORIZON, now - 60_000, most);
        }
    }

    private void fire(String replica, TriggerKey key) {
        jdbc.sql("delete from qrtz_triggers where trigger_name = :name and trigger_group = :group")
                .param("name", key.getName())
                .param("group", key.getGroup())
                .update();
        jdbc.sql("""
                        insert into qrtz_fired_triggers values (:scheduler, :replica || :name, :name, :group, :replica,
                            :now, :now, 5, 'EXECUTING', :name, 'sync', true, true)
                        """)
                .param("scheduler", SCHEDULER)
                .param("replica", replica)
                .param("name", key.getName())
                .param("group", key.getGroup())
                .param("now", now)
                .update();
    }

    /** A firing ends, and its sync is due again, as at the end of a slice. */
    private void endSlice(String sync) {
        jdbc.sql("delete from qrtz_fired_triggers where job_name = :sync")
                .param("sync", sync)
                .update();
        due(sync);
    }

    private Map<String, Long> firings() {
        Map<String, Long> firings = new TreeMap<>();
        replicas.keySet().forEach(each -> firings.put(each, 0L));
        jdbc.sql("select instance_name, count(*) from qrtz_fired_triggers group by instance_name")
                .query((row, number) -> Map.entry(row.getString(1), row.getLong(2)))
                .list()
                .forEach(each -> firings.put(each.getKey(), each.getValue()));
        return firings;
    }

    private String replicaOf(String sync) {
        return jdbc.sql("select instance_name from qrtz_fired_triggers where job_name = :sync")
                .param("sync", sync)
                .query(String.class)
                .single();
    }

    @Test
    void aSingleReplicaFiresEverythingAtOnce() throws Exception {
        join("one");
        due(syncs(30));

        assertThat(look("one")).hasSize(30);
    }

    @Test
    void beforeItsFirstCheckInAReplicaFiresWhatItFinds() throws Exception {
        join("one", "two");
        jdbc.sql("delete from qrtz_scheduler_state where instance_name = 'one'").update();
        due(syncs(3));

        assertThat(look("one")).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "2, 3", "3, 2", "4, 3", "5, 3", "7, 2", "20, 3", "101, 4"})
    void syncsAreSpreadAlsoWhenTheyAreAskedForAtOneReplica(int number, int replicaCount) throws Exception {
        String[] names = syncs(replicaCount);
        join(names);
        for (String sync : syncs(number)) {
            due(sync);
            look(names[0]);
        }

        boolean fired = true;
        while (fired) {
            fired = false;
            for (String replica : names) {
                fired |= !look(replica).isEmpty();
            }
        }

        assertThat(firings().values())
                .allMatch(firings ->
                        firings == number / replicaCount || firings == (number + replicaCount - 1) / replicaCount);
        assertThat(firings().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(number);
    }

    @Test
    void aNightThatBeginsForAllSyncsIsSharedWithoutAPause() throws Exception {
        join("one", "two", "three");
        due("sync", now, syncs(300));

        assertThat(look("one")).hasSize(100);
        assertThat(look("two")).hasSize(100);
        assertThat(look("three")).hasSize(100);
    }

    @Test
    void whatTwoTriggersOfASyncMakeDueCountsOnce() throws Exception {
        join("one", "two");
        due("sync", now, "a", "b");
        due("due", now, "a", "b");
        due("on-demand", now, "a", "b");

        TriggerKey first = select("one", 1).get(0);
        fire("one", first);

        assertThat(select("one", 1)).isEmpty();
    }

    @Test
    void aReplicaThatJoinsTakesItsPartAsFiringsYield() throws Exception {
        join("one");
        due("a", "b", "c", "d");
        look("one");
        assertThat(loads.areUneven(new SyncName("a"))).isFalse();

        join("two");
        for (String sync : List.of("a", "b", "c", "d")) {
            if (loads.areUneven(new SyncName(sync))) {
                endSlice(sync);
                look("one");
                look("two");
            }
        }

        assertThat(firings()).isEqualTo(Map.of("one", 2L, "two", 2L));
        assertThat(loads.areUneven(new SyncName("c"))).isFalse();
        assertThat(loads.areUneven(new SyncName("unknown"))).isFalse();
    }

    @Test
    void firingsOfAReplicaThatYieldTogetherAreShared() throws Exception {
        join("one");
        due(syncs(10));
        look("one");

        join("two");
        List.of(syncs(10)).forEach(this::endSlice);
        look("one");
        look("two");

        assertThat(firings()).isEqualTo(Map.of("one", 5L, "two", 5L));
    }

    @Test
    void aSyncStaysWhereItIsIfThatIsEvenEnough() throws Exception {
        join("one", "two");
        due("a", "b", "c");
        for (int i = 0; i < 3; i++) {
            look("one");
            look("two");
        }
        Map<String, String> before = List.of("a", "b", "c").stream().collect(toMap(sync -> sync, this::replicaOf));

        for (String sync : before.keySet()) {
            assertThat(loads.areUneven(new SyncName(sync))).isFalse();
            endSlice(sync);
            look(requireNonNull(before.get(sync)));
            assertThat(replicaOf(sync)).isEqualTo(before.get(sync));
        }
    }

    @Test
    void whatNobodyTakesIsTakenAfterAMoment() throws Exception {
        join("one", "two");
        due("a");
        look("one");
        due("b");
        assertThat(look("one")).isEmpty();

        pass(LOOK);
        assertThat(look("one")).as("the other one looks every five seconds").isEmpty();
        pass(LOOK);
        assertThat(look("one")).containsExactly("b");
    }

    @Test
    void whatWasLeftBeforeIsLeftAgain() throws Exception {
        join("one", "two");
        due("a");
        look("one");
        due("b");
        look("one");
        look("two");
        assertThat(replicaOf("b")).isEqualTo("two");

        for (int i = 0; i < 4; i++) {
            pass(LOOK);
            look("one");
        }
        endSlice("b");
        assertThat(look("one")).isEmpty();
    }

    @Test
    void aReplicaThatIsDeadHasNoShare() throws Exception {
        join("one", "two");
        due("a");
        look("one");
        pass(2 * LOOK, "two");
        due("b", "c");

        assertThat(look("one")).containsExactlyInAnyOrder("b", "c");
    }

    @Test
    void aReplicaWhoseClockIsAheadChangesNothingForItself() throws Exception {
        join("one", "two");
        jdbc.sql("update qrtz_scheduler_state set last_checkin_time = :ahead where instance_name = 'two'")
                .param("ahead", now + 60_000)
                .update();
        due("a", "b");

        assertThat(look("one")).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void whatAReplicaHadToPutBackIsForAnyOther() throws Exception {
        join("one", "two");
        due("a");
        look("one");
        due(BalancingDelegate.PUT_BACK, now, "b");

        assertThat(look("one")).containsExactly("b");
    }

    @Test
    void itNeverTakesMoreThanItIsAskedFor() throws Exception {
        join("one", "two");
        due("a");
        look("one");
        due(BalancingDelegate.PUT_BACK, now, "b", "c", "d");

        assertThat(select("one", 2)).hasSize(2);
    }

    @Test
    void schedulersOfOtherNamesDoNotCount() throws Exception {
        join("one");
        jdbc.sql("insert into qrtz_scheduler_state values ('command-a', 'two', :now, 3000)")
                .param("now", now)
                .update();
        due("a", "b");

        assertThat(look("one")).hasSize(2);
    }
}
