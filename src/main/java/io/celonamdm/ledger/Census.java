package io.celonamdm.ledger;

import io.celonamdm.esim.Step;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** How all syncs stand, counted at one moment with a query per table instead of one per number. */
@Repository
@Transactional(readOnly = true)
public class Census {
    private static final Duration A_NIGHT_WITHOUT = Duration.ofHours(26);

    private final JdbcClient jdbc;

    Census(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * All counts, of all syncs that the ledger knows.
     *
     * @param syncs what holds for a sync as a whole
     * @param devices devices by place and step
     * @param held devices that are held back, by code
     * @param done devices that have reached DONE, by sync; one that left it again still counts
     * @param deadLetters dead letters by code
     * @param runs runs that have ended, by outcome
     * @param actions entries of the audit, by action
     */
    public record Counts(
            List<SyncCount> syncs,
            List<DeviceCount> devices,
            List<Count> held,
            List<Count> done,
            List<DeadCount> deadLetters,
            List<RunCount> runs,
            List<Count> actions) {
        /** How many devices of a sync are in doubt. */
        public long inDoubt(String sync) {
            return devices.stream()
                    .filter(each -> each.sync().equals(sync) && each.place() == Place.IN_DOUBT)
                    .mapToLong(DeviceCount::devices)
                    .sum();
        }

        /** How many open dead letters a sync has. */
        public long openDeadLetters(String sync) {
            return deadLetters.stream()
                    .filter(each -> each.sync().equals(sync))
                    .mapToLong(DeadCount::open)
                    .sum();
        }

        /** When the last run of a sync that ended well was closed. */
        public Optional<Instant> lastGoodRun(String sync) {
            return runs.stream()
                    .filter(each -> each.sync().equals(sync)
                            && (each.outcome() == Run.Outcome.SUCCESS || each.outcome() == Run.Outcome.PARTIAL))
                    .map(RunCount::lastEnd)
                    .max(Instant::compareTo);
        }

        /** Whether a sync had good runs, and has missed a night since; two hours are the slack for a long one. */
        public boolean missedANight(String sync, Instant now) {
            return lastGoodRun(sync)
                    .filter(last -> last.isBefore(now.minus(A_NIGHT_WITHOUT)))
                    .isPresent();
        }
    }

    /**
     * A sync as a whole.
     *
     * @param sync its name
     * @param nextRun when its next nightly run is due
     * @param quarantine the code of its quarantine, while it has one
     * @param paused whether a person has paused it
     * @param runOpenedAt when its open run was opened
     * @param runWindowEndsAt until when its open run stays open for work that becomes due
     */
    public record SyncCount(
            String sync,
            @Nullable Instant nextRun,
            @Nullable String quarantine,
            boolean paused,
            @Nullable Instant runOpenedAt,
            @Nullable Instant runWindowEndsAt) {}

    /**
     * Devices of a sync in one place at one step.
     *
     * @param due the earliest time at which one of them is due; null if none is due at any time
     */
    public record DeviceCount(
            String sync,
            Place place,
            Step step,
            long devices,
            @Nullable Instant due) {}

    /** How many of something a sync has under a name. */
    public record Count(String sync, String name, long number) {}

    /**
     * Dead letters of a sync by code.
     *
     * @param ever how many there have been
     * @param open how many are open
     */
    public record DeadCount(String sync, String code, long ever, long open) {}

    /**
     * Runs of a sync that ended in one way.
     *
     * @param lastEnd when the latest of them ended
     */
    public record RunCount(String sync, Run.Outcome outcome, long runs, Instant lastEnd) {}

    /** Counts everything. */
    public Counts take() {
        return new Counts(
                jdbc.sql("""
                                select s.name, s.nightly_due_at, s.quarantine_code, s.stopped, r.opened_at, r.window_ends_at
                                from sync s left join run r on r.open_sync = s.name
                                """).query(Census::sync).list(),
                jdbc.sql("""
                                select sync, place, step, count(*) as number, min(due_at) as due
                                from device group by sync, place, step
                                """).query(Census::devices).list(),
                counts("select sync, code as name, count(*) as number from device where place = 'HELD'"
                        + " group by sync, code"),
                counts("select sync, 'DONE' as name, count(done_at) as number from device group by sync"),
                jdbc.sql("""
                                select sync, code, count(*) as ever, count(open_device) as still_open
                                from dead_letter group by sync, code
                                """)
                        .query((row, number) -> new DeadCount(
                                row.getString("sync"),
                                row.getString("code"),
                                row.getLong("ever"),
                                row.getLong("still_open")))
                        .list(),
                jdbc.sql("""
                                select sync, outcome, count(*) as number, max(closed_at) as last_end
                                from run where outcome is not null group by sync, outcome
                                """)
                        .query((row, number) -> new RunCount(
                                row.getString("sync"),
                                Run.Outcome.valueOf(row.getString("outcome")),
                                row.getLong("number"),
                                Times.required(row, "last_end")))
                        .list(),
                counts("select sync, action as name, count(*) as number from audit group by sync, action"));
    }

    private List<Count> counts(String sql) {
        return jdbc.sql(sql)
                .query((row, number) -> new Count(row.getString("sync"), row.getString("name"), row.getLong("number")))
                .list();
    }

    private static SyncCount sync(ResultSet row, int number) throws SQLException {
        return new SyncCount(
                row.getString("name"),
                Times.nullable(row, "nightly_due_at"),
                row.getString("quarantine_code"),
                SyncStates.Stop.Kind.PAUSED.name().equals(row.getString("stopped")),
                Times.nullable(row, "opened_at"),
                Times.nullable(row, "window_ends_at"));
    }

    private static DeviceCount devices(ResultSet row, int number) throws SQLException {
        return new DeviceCount(
                row.getString("sync"),
                Place.valueOf(row.getString("place")),
                Step.valueOf(row.getString("step")),
                row.getLong("number"),
                Times.nullable(row, "due"));
    }
}
