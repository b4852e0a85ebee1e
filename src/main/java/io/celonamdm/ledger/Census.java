package io.celonamdm.ledger;

import io.celonamdm.ledger.SyncCounts.Count;
import io.celonamdm.ledger.SyncCounts.DeadCount;
import io.celonamdm.ledger.SyncCounts.DeviceCount;
import io.celonamdm.ledger.SyncCounts.LastRun;
import io.celonamdm.ledger.SyncCounts.RunCount;
import io.celonamdm.ledger.SyncCounts.State;
import io.celonamdm.ledger.SyncCounts.Stuck;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** How all syncs stand, counted at one moment with a query per table instead of one per number or per sync. */
@Repository
@Transactional(readOnly = true)
public class Census {
    private static final Pattern SYNC = Pattern.compile("\\[([a-z.]+)]");

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
        return take(null);
    }

    /** Counts everything of one sync. */
    public SyncCounts of(String sync) {
        return take(sync).of(sync);
    }

    private Counts take(@Nullable String only) {
        Column<State> states = column(only, """
                select s.*, s.name as sync, r.opened_at, r.window_ends_at
                from sync s left join run r on r.open_sync = s.name where [s.name]
                """, CensusRows::state);
        Column<DeviceCount> devices = column(only, """
                select sync, place, step, count(*) as number, min(due_at) as due
                from device where [sync] group by sync, place, step
                """, CensusRows::devices);
        Column<Stuck> held = column(only, stuck("d.place = 'HELD'"), CensusRows::stuck);
        Column<Stuck> waiting =
                column(only, stuck("d.place in ('WAITING', 'IN_FLIGHT') and d.code is not null"), CensusRows::stuck);
        Column<Stuck> doubtful = column(only, stuck("d.place = 'IN_DOUBT'"), CensusRows::stuck);
        Column<Long> done = column(
                only,
                "select sync, count(done_at) as number from device where [sync] group by sync",
                row -> row.getLong("number"));
        Column<DeadCount> deadLetters = column(only, """
                select sync, code, count(*) as ever, count(open_device) as still_open,
                    min(case when open_device is not null then first_at end) as since
                from dead_letter where [sync] group by sync, code
                """, CensusRows::dead);
        Column<RunCount> runs = column(only, """
                select sync, outcome, count(*) as number, max(closed_at) as last_end
                from run where outcome is not null and [sync] group by sync, outcome
                """, CensusRows::runs);
        Column<LastRun> lastRuns = column(only, CensusRows.LAST_RUNS, CensusRows::lastRun);
        Column<Count> actions = column(
                only,
                "select sync, action as name, count(*) as number from audit where [sync] group by sync, action",
                row -> new Count(row.getString("name"), row.getLong("number")));
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
                            waiting.of(sync),
                            number == null ? 0 : number,
                            deadLetters.of(sync),
                            runs.of(sync),
                            actions.of(sync),
                            lastRuns.only(sync),
                            doubtful.of(sync).stream()
                                    .flatMap(each -> Optional.ofNullable(each.since()).stream())
                                    .min(Instant::compareTo)
                                    .orElse(null)));
        }
        return new Counts(counts);
    }

    /** Devices on a condition, by code; from the syncs to their devices, so that an index finds those in one place. */
    private static String stuck(String condition) {
        return """
                select d.sync, coalesce(d.code, '') as code, count(*) as number, min(r.opened_at) as since
                from sync s join device d on d.sync = s.name left join run r on r.id = d.run_id
                where %s and [s.name] group by d.sync, coalesce(d.code, '')
                """.formatted(condition);
    }

    /**
     * Asks for all syncs, or for one.
     *
     * @param sql with a column in brackets for the condition that it is the one
     */
    private <T> Column<T> column(@Nullable String only, String sql, Reader<T> reader) {
        Map<String, List<T>> bySync = new HashMap<>();
        jdbc.sql(SYNC.matcher(sql).replaceAll(only == null ? "1 = 1" : "$1 = :sync"))
                .params(only == null ? Map.of() : Map.of("sync", only))
                .query(row -> {
                    bySync.computeIfAbsent(row.getString("sync"), key -> new ArrayList<>())
                            .add(reader.read(row));
                });
        return new Column<>(bySync);
    }
}
