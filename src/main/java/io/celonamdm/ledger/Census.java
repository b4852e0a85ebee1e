package io.celonamdm.ledger;

import io.celonamdm.esim.Step;
import io.celonamdm.ledger.SyncCounts.Count;
import io.celonamdm.ledger.SyncCounts.DeadCount;
import io.celonamdm.ledger.SyncCounts.DeviceCount;
import io.celonamdm.ledger.SyncCounts.RunCount;
import io.celonamdm.ledger.SyncCounts.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** How all syncs stand, counted at one moment with a query per table instead of one per number or per sync. */
@Repository
@Transactional(readOnly = true)
public class Census {
    private final JdbcClient jdbc;

    Census(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** What one query says of each sync. */
    private record Column<T>(Map<String, List<T>> bySync) {
        List<T> of(String sync) {
            return bySync.getOrDefault(sync, List.of());
        }

        @Nullable
        T only(String sync) {
            List<T> found = of(sync);
            return found.isEmpty() ? null : found.get(0);
        }
    }

    /** Counts everything, of all syncs that the ledger knows. */
    public Counts take() {
        Column<State> states = column("""
                select s.name as sync, s.nightly_due_at, s.quarantine_code, s.stopped, r.opened_at, r.window_ends_at
                from sync s left join run r on r.open_sync = s.name
                """, Census::state);
        Column<DeviceCount> devices = column("""
                select sync, place, step, count(*) as number, min(due_at) as due
                from device group by sync, place, step
                """, Census::devices);
        Column<Count> held = column("""
                select d.sync, d.code as name, count(*) as number from sync s
                join device d on d.sync = s.name and d.place = 'HELD' group by d.sync, d.code
                """, Census::count);
        Column<Long> done =
                column("select sync, count(done_at) as number from device group by sync", row -> row.getLong("number"));
        Column<DeadCount> deadLetters = column(
                """
                select sync, code, count(*) as ever, count(open_device) as still_open
                from dead_letter group by sync, code
                """, row -> new DeadCount(row.getString("code"), row.getLong("ever"), row.getLong("still_open")));
        Column<RunCount> runs = column("""
                select sync, outcome, count(*) as number, max(closed_at) as last_end
                from run where outcome is not null group by sync, outcome
                """, Census::runs);
        Column<Count> actions = column(
                "select sync, action as name, count(*) as number from audit group by sync, action", Census::count);
        Set<String> syncs = new HashSet<>();
        Stream.of(states, devices, deadLetters, runs, actions)
                .forEach(column -> syncs.addAll(column.bySync().keySet()));
        Map<String, SyncCounts> counts = new HashMap<>();
        for (String sync : syncs) {
            Long number = done.only(sync);
            counts.put(
                    sync,
                    new SyncCounts(
                            states.only(sync),
                            devices.of(sync),
                            held.of(sync),
                            number == null ? 0 : number,
                            deadLetters.of(sync),
                            runs.of(sync),
                            actions.of(sync)));
        }
        return new Counts(counts);
    }

    private <T> Column<T> column(String sql, Reader<T> reader) {
        Map<String, List<T>> bySync = new HashMap<>();
        jdbc.sql(sql).query(row -> {
            bySync.computeIfAbsent(row.getString("sync"), key -> new ArrayList<>())
                    .add(reader.read(row));
        });
        return new Column<>(bySync);
    }

    private static State state(ResultSet row) throws SQLException {
        return new State(
                Times.nullable(row, "nightly_due_at"),
                row.getString("quarantine_code"),
                SyncStates.Stop.Kind.PAUSED.name().equals(row.getString("stopped")),
                Times.nullable(row, "opened_at"),
                Times.nullable(row, "window_ends_at"));
    }

    private static DeviceCount devices(ResultSet row) throws SQLException {
        return new DeviceCount(
                Place.valueOf(row.getString("place")),
                Step.valueOf(row.getString("step")),
                row.getLong("number"),
                Times.nullable(row, "due"));
    }

    private static RunCount runs(ResultSet row) throws SQLException {
        return new RunCount(
                Run.Outcome.valueOf(row.getString("outcome")), row.getLong("number"), Times.required(row, "last_end"));
    }

    private static Count count(ResultSet row) throws SQLException {
        return new Count(row.getString("name"), row.getLong("number"));
    }
}
