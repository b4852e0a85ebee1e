package io.celonamdm.ledger.device;

import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Times;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Corrects due times computed before the clock was set back. Uncorrected, they would come late by that amount. */
@Repository
@Transactional
public class ClockSetBack {
    static final String EARLIER = " - cast(:seconds as bigint) * interval '1' second";

    private static final List<String> WAITS = List.of(
            "update device set commanded_at = commanded_at" + EARLIER + ", probed_at = probed_at" + EARLIER
                    + ", acknowledged_at = acknowledged_at" + EARLIER + ", pushed_at = pushed_at" + EARLIER
                    + " where sync = :sync and place <> 'DONE'"
                    + " and (commanded_at is not null or probed_at is not null or pushed_at is not null)",
            "update follow_up set due_at = due_at" + EARLIER + " where sync = :sync",
            "update dead_letter set redrive_at = redrive_at" + EARLIER
                    + " where sync = :sync and redrive_at is not null",
            "update notice set due_at = due_at" + EARLIER + " where sync = :sync and due_at is not null",
            "update run set window_ends_at = window_ends_at" + EARLIER + ", pull_due_at = pull_due_at" + EARLIER
                    + ", comparison_due_at = comparison_due_at" + EARLIER
                    + " where open_sync = :sync",
            "update sync set quarantine_until = quarantine_until" + EARLIER
                    + " where name = :sync and quarantine_until is not null",
            "update sync set look_due_at = look_due_at" + EARLIER + ", look_at = look_at" + EARLIER
                    + ", look_answered_at = look_answered_at" + EARLIER
                    + " where name = :sync and look_due_at is not null");

    private final JdbcClient jdbc;
    private final DeviceTransitions transitions;
    private final Clock clock;

    ClockSetBack(JdbcClient jdbc, DeviceTransitions transitions, Clock clock) {
        this.jdbc = jdbc;
        this.transitions = transitions;
        this.clock = clock;
    }

    /**
     * How much, at least, the clock was set back since a process last reported that it has a sync. Syncs with no more
     * than the given time are left out.
     */
    @Transactional(readOnly = true)
    public Map<SyncName, Duration> bySync(Duration unnoticed) {
        Instant now = clock.instant();
        return jdbc
                .sql("select name, configured_at from sync where configured_at > :time")
                .param("time", Times.of(now.plus(unnoticed)))
                .query((row, number) -> Map.entry(
                        new SyncName(row.getString("name")),
                        Duration.between(now, Times.required(row, "configured_at"))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Moves everything that a sync waits for to an earlier time, by the given duration. */
    public void bringForward(SyncName sync, Duration by) {
        transitions.bringForward(sync, by);
        for (String update : WAITS) {
            jdbc.sql(update)
                    .param("seconds", by.toSeconds())
                    .param("sync", sync.value())
                    .update();
        }
    }
}
