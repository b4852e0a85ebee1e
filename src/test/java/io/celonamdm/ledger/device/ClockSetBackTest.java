package io.celonamdm.ledger.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.esim.SyncName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The waits of a sync when the clock is set back. */
@Tag(TestDatabase.POSTGRESQL)
class ClockSetBackTest {
    private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
    private static final Duration BACK = Duration.ofHours(5);
    private static final OffsetDateTime DUE = NOW.plus(BACK).plusSeconds(20).atOffset(ZoneOffset.UTC);

    private final DriverManagerDataSource database = new DriverManagerDataSource(TestDatabase.migrated());
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final ClockSetBack setBack = new ClockSetBack(jdbc, new DeviceTransitions(jdbc, clock), clock);

    @BeforeEach
    void aSyncThatWaits() {
        for (String sync : List.of("warehouse", "other")) {
            for (String insert : List.of(
                    "insert into sync (name, schedule, time_zone, quarantine_until, configured_at) values (:sync, '', '', :due, :due)",
                    "insert into run (sync, open_sync, cause, plan_only, opened_at, window_ends_at, pull, pull_due_at)"
                            + " values (:sync, :sync, 'NIGHTLY', false, :due, :due, 'NONE', :due)",
                    "insert into device (sync, customer_id, eid, step, place, due_at, created_at, deadline_at)"
                            + " values (:sync, 'c', '1', 'AWAIT', 'WAITING', :due, :due, :due)",
                    "insert into device (sync, customer_id, eid, step, place, created_at)"
                            + " values (:sync, 'c', '2', 'DONE', 'DONE', :due)",
                    "insert into dead_letter (sync, device_id, eid, step, code, reason, attempts, first_at, last_at, redrive_at)"
                            + " values (:sync, 1, '1', 'AWAIT', 'OTHER', '', 1, :due, :due, :due)",
                    "insert into notice (channel, sync, occasion, subject, title, lines, noted_at, due_at)"
                            + " values ('mail', :sync, 'RUN', '', '', '', :due, :due)",
                    "insert into follow_up (device_id, kind, sync, due_at) values (:id, 'ATTRIBUTE', :sync, :due)")) {
                jdbc.sql(insert)
                        .param("sync", sync)
                        .param("id", sync.length())
                        .param("due", DUE)
                        .update();
            }
        }
    }

    private List<OffsetDateTime> waits(String sync) {
        return jdbc.sql("""
                        select quarantine_until from sync where name = :sync
                        union all select window_ends_at from run where sync = :sync
                        union all select pull_due_at from run where sync = :sync
                        union all select due_at from device where sync = :sync and place = 'WAITING'
                        union all select deadline_at from device where sync = :sync and place = 'WAITING'
                        union all select redrive_at from dead_letter where sync = :sync
                        union all select due_at from follow_up where sync = :sync
                        union all select due_at from notice where sync = :sync
                        """)
                .param("sync", sync)
                .query((row, number) -> row.getObject(1, OffsetDateTime.class))
                .list();
    }

    @Test
    void isSeenByTheTimeThatAProcessHasNoted() {
        jdbc.sql("update sync set configured_at = :past where name = 'other'")
                .param("past", DUE.minusDays(1))
                .update();
        jdbc.sql("insert into sync (name, schedule, time_zone) values ('not noted yet', '', '')")
                .update();

        assertThat(setBack.bySync(Duration.ofMinutes(1)))
                .isEqualTo(Map.of(new SyncName("warehouse"), BACK.plusSeconds(20)));
        assertThat(setBack.bySync(BACK.plusSeconds(20))).isEmpty();
    }

    @Test
    void everythingWaitsForAsLongAsItWouldHave() {
        setBack.bringForward(new SyncName("warehouse"), BACK);

        assertThat(waits("warehouse"))
                .hasSize(8)
                .allSatisfy(due -> assertThat(due.toInstant()).isEqualTo(NOW.plusSeconds(20)));
        assertThat(waits("other"))
                .hasSize(8)
                .allSatisfy(due -> assertThat(due.toInstant()).isEqualTo(DUE.toInstant()));
    }

    /** A time that is in neither list has been added: does anything wait for it? */
    @Test
    void eachTimeIsEitherWaitedForOrHistory() {
        List<String> times = jdbc.sql("""
                        select lower(table_name) || '.' || lower(column_name) from information_schema.columns
                        where lower(table_name) in ('device', 'follow_up', 'dead_letter', 'notice', 'run', 'sync')
                            and lower(data_type) = 'timestamp with time zone' order by 1
                        """).query(String.class).list();
        times.forEach(time -> jdbc.sql(
                        "update %s set %s = :due where %s".formatted(table(time), column(time), one(table(time))))
                .param("due", DUE)
                .update());

        setBack.bringForward(new SyncName("warehouse"), BACK);

        Map<Boolean, List<String>> byMoved = times.stream()
                .collect(Collectors.partitioningBy(time -> jdbc
                        .sql("select %s from %s where %s".formatted(column(time), table(time), one(table(time))))
                        .query((row, number) -> row.getObject(1, OffsetDateTime.class))
                        .stream()
                        .noneMatch(DUE::isEqual)));
        assertThat(byMoved.get(true))
                .as("waited for")
                .containsExactly(
                        "dead_letter.redrive_at",
                        "device.acknowledged_at",
                        "device.commanded_at",
                        "device.deadline_at",
                        "device.due_at",
                        "device.probed_at",
                        "device.pushed_at",
                        "follow_up.due_at",
                        "notice.due_at",
                        "run.comparison_due_at",
                        "run.pull_due_at",
                        "run.window_ends_at",
                        "sync.look_answered_at",
                        "sync.look_at",
                        "sync.look_due_at",
                        "sync.quarantine_until");
        assertThat(byMoved.get(false))
                .as("history, or set anew by the schedule")
                .containsExactly(
                        "dead_letter.first_at",
                        "dead_letter.last_at",
                        "dead_letter.redriven_at",
                        "device.activated_at",
                        "device.assigned_at",
                        "device.confirmed_at",
                        "device.created_at",
                        "device.done_at",
                        "device.enrolled_at",
                        "device.grouped_at",
                        "device.iccid_gone_at",
                        "device.refused_at",
                        "device.verified_at",
                        "notice.noted_at",
                        "notice.over_at",
                        "notice.told_at",
                        "run.closed_at",
                        "run.opened_at",
                        "run.plan_at",
                        "sync.configured_at",
                        "sync.look_failed_at",
                        "sync.nightly_due_at",
                        "sync.quarantined_at",
                        "sync.stopped_at");
    }

    private static String table(String time) {
        return time.substring(0, time.indexOf('.'));
    }

    private static String column(String time) {
        return time.substring(time.indexOf('.') + 1);
    }

    private static String one(String table) {
        return switch (table) {
            case "sync" -> "name = 'warehouse'";
            case "device" -> "sync = 'warehouse' and place = 'WAITING'";
            default -> "sync = 'warehouse'";
        };
    }
}
