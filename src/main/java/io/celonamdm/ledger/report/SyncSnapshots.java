package io.celonamdm.ledger.report;

import io.celonamdm.esim.Place;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Rows;
import io.celonamdm.ledger.database.SqlArrays;
import io.celonamdm.ledger.database.Times;
import io.celonamdm.ledger.report.SyncSnapshot.ActionCount;
import io.celonamdm.ledger.report.SyncSnapshot.CodeCount;
import io.celonamdm.ledger.report.SyncSnapshot.DeadLetterCount;
import io.celonamdm.ledger.report.SyncSnapshot.LastRun;
import io.celonamdm.ledger.report.SyncSnapshot.RunCount;
import io.celonamdm.ledger.report.SyncSnapshot.State;
import io.celonamdm.ledger.report.SyncSnapshot.StepCount;
import io.celonamdm.ledger.run.Looks;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.RunRows;
import io.celonamdm.ledger.run.SyncStates;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Takes snapshots of syncs, with one query per table instead of one per number or per sync. */
@Repository
@Transactional(readOnly = true)
public class SyncSnapshots {
    private static final Pattern SYNC = Pattern.compile("\\[([a-z.]+)]");

    // starts from the syncs, so that an index finds the devices in each place
    private static final String CODES = """
            select d.sync, case d.place when 'IN_FLIGHT' then 'WAITING' else d.place end as place,
                coalesce(d.code, '') as code, count(*) as devices, min(r.opened_at) as since
            from sync s cross join %s join device d on d.sync = s.name and d.place = wanted.place
                left join run r on r.id = d.run_id
            where (d.code is not null or d.place not in ('WAITING', 'IN_FLIGHT')) and [s.name]
            group by d.sync, case d.place when 'IN_FLIGHT' then 'WAITING' else d.place end, coalesce(d.code, '')
            order by d.sync, place, code
            """.formatted(SqlArrays.PLACES);

    /** The latest run that was more than a plan, and when the first run after the last good one ended. */
    private static final String LAST_RUNS = """
            select r.sync, r.id, r.outcome, r.code, r.reason, (select min(b.closed_at) from run b
                where b.sync = r.sync and b.closed_at is not null and b.outcome <> 'PLANNED'
                    and b.id > coalesce((select max(g.id) from run g
                        where g.sync = r.sync and g.outcome in ('SUCCESS', 'PARTIAL')), 0)) as since
            from run r join (select sync, max(id) as id from run where closed_at is not null and outcome <> 'PLANNED'
                and [sync] group by sync) latest on latest.id = r.id
            """;

    private static final Logger LOG = LoggerFactory.getLogger(SyncSnapshots.class);
    private static final Set<String> KEYS = Set.of("sync", "place", "step", "outcome", "code", "id");
    private static final int MOST_TOLD = 100;

    private final JdbcClient jdbc;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    SyncSnapshots(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** The rows of one query, by sync. */
    private record Column<T>(Map<SyncName, List<T>> bySync) {
        List<T> of(SyncName sync) {
            return bySync.getOrDefault(sync, List.of());
        }

        @Nullable
        T only(SyncName sync) {
            List<T> found = of(sync);
            return found.isEmpty() ? null : found.get(0);
        }
    }

    /** A snapshot of all syncs that the ledger knows. */
    public LedgerSnapshot all() {
        return take(null);
    }

    /** A snapshot of one sync. */
    public SyncSnapshot of(SyncName sync) {
        return take(sync).of(sync);
    }

    private LedgerSnapshot take(@Nullable SyncName only) {
        Column<State> states = column(only, """
                select s.*, s.name as sync, r.opened_at, r.window_ends_at
                from sync s left join run r on r.open_sync = s.name where [s.name]
                """, SyncSnapshots::state);
        Column<StepCount> devices = column(only, """
                select sync, place, step, count(*) as devices, min(due_at) as due
                from device where [sync] group by sync, place, step
                """, SyncSnapshots::devices);
        Column<CodeCount> codes = column(only, CODES, SyncSnapshots::codes);
        Column<Long> done = column(
                only,
                "select sync, sum(devices) as devices from ("
                        + "select sync, count(done_at) as devices from device where [sync] group by sync union all "
                        + deleted("DONE", "sync, number as devices") + ") ever group by sync",
                row -> row.getLong("devices"));
        Column<DeadLetterCount> deadLetters = column(
                only, """
                select sync, code, sum(ever) as ever, sum(still_open) as still_open, min(since) as since from (
                    select sync, code, count(*) as ever, count(open_device) as still_open,
                        min(case when open_device is not null then first_at end) as since
                    from dead_letter where [sync] group by sync, code union all %s) ever group by sync, code
                """.formatted(deleted("DEAD_LETTER", "sync, name, number, 0, null")), SyncSnapshots::deadLetters);
        Column<RunCount> runs =
                column(only, """
                select sync, outcome, sum(runs) as runs, max(last_end) as last_end from (
                    select sync, outcome, count(*) as runs, max(closed_at) as last_end
                    from run where outcome is not null and [sync] group by sync, outcome union all %s) ever
                group by sync, outcome
                """.formatted(deleted("RUN", "sync, name, number, last_at")), SyncSnapshots::runs);
        Column<LastRun> lastRuns = column(only, LAST_RUNS, SyncSnapshots::lastRun);
        Column<ActionCount> actions = column(
                only,
                "select sync, action, sum(times) as times from ("
                        + "select sync, action, count(*) as times from audit where [sync] group by sync, action union all "
                        + deleted("AUDIT", "sync, name, number") + ") ever group by sync, action",
                row -> new ActionCount(row.getString("action"), row.getLong("times")));
        Set<SyncName> syncs = new HashSet<>();
        Stream.of(states, devices, deadLetters, runs, actions)
                .forEach(column -> syncs.addAll(column.bySync().keySet()));
        Map<SyncName, SyncSnapshot> snapshots = new HashMap<>();
        for (SyncName sync : syncs) {
            Long number = done.only(sync);
            snapshots.put(
                    sync,
                    new SyncSnapshot(
                            states.only(sync),
                            devices.of(sync),
                            codes.of(sync),
                            number == null ? 0 : number,
                            deadLetters.of(sync),
                            runs.of(sync),
                            actions.of(sync),
                            lastRuns.only(sync)));
        }
        return new LedgerSnapshot(snapshots);
    }

    /** What was deleted, which counts on. */
    private static String deleted(String kind, String columns) {
        return "select %s from deletion where kind = '%s' and [sync]".formatted(columns, kind);
    }

    /**
     * Queries all syncs, or one.
     *
     * @param sql with the sync's column in brackets in place of a condition on the sync
     */
    private <T> Column<T> column(@Nullable SyncName only, String sql, Reader<T> reader) {
        Map<SyncName, List<T>> bySync = new HashMap<>();
        jdbc.sql(SYNC.matcher(sql).replaceAll(only == null ? "1 = 1" : "$1 = :sync"))
                .params(only == null ? Map.of() : Map.of("sync", only.value()))
                .param(
                        "places",
                        SqlArrays.places(Stream.of(Place.HELD, Place.WAITING, Place.IN_FLIGHT, Place.IN_DOUBT)))
                .query(row -> {
                    try {
                        bySync.computeIfAbsent(Rows.sync(row), key -> new ArrayList<>())
                                .add(reader.read(row));
                    } catch (IllegalArgumentException e) {
                        tell(row, e);
                    }
                });
        return new Column<>(bySync);
    }

    /** A row that somebody wrote by hand must not blind the metrics, the page and the notices of all syncs. */
    private void tell(ResultSet row, IllegalArgumentException trouble) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        StringJoiner text = new StringJoiner(", ");
        StringJoiner which = new StringJoiner(", ");
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            String column = columns.getColumnLabel(i).toLowerCase(Locale.ROOT);
            text.add(column + "=" + row.getString(i));
            // a number or a time may be another at the next look
            if (KEYS.contains(column)) {
                which.add(column + "=" + row.getString(i));
            }
        }
        if (told.size() < MOST_TOLD && told.add(which.toString())) {
            LOG.error(
                    "the ledger has a row of sync {} that contradicts itself and is not counted: {} ({}); correct it, or"
                            + " restore a backup",
                    row.getString("sync"),
                    text,
                    trouble.getMessage());
        }
    }

    private static State state(ResultSet row) throws SQLException {
        return new State(
                Times.nullable(row, "nightly_due_at"),
                row.getString("quarantine_code") == null ? null : SyncStates.quarantine(row),
                SyncStates.Stop.Kind.PAUSED.name().equals(row.getString("stopped")),
                Times.nullable(row, "opened_at"),
                Times.nullable(row, "window_ends_at"),
                Looks.look(row));
    }

    private static StepCount devices(ResultSet row) throws SQLException {
        return new StepCount(Rows.position(row), row.getLong("devices"), Times.nullable(row, "due"));
    }

    private static CodeCount codes(ResultSet row) throws SQLException {
        return new CodeCount(
                Rows.place(row), row.getString("code"), row.getLong("devices"), Times.nullable(row, "since"));
    }

    private static DeadLetterCount deadLetters(ResultSet row) throws SQLException {
        return new DeadLetterCount(
                row.getString("code"), row.getLong("ever"), row.getLong("still_open"), Times.nullable(row, "since"));
    }

    private static RunCount runs(ResultSet row) throws SQLException {
        return new RunCount(
                Rows.word(row, "outcome", Run.Outcome.class), row.getLong("runs"), Times.required(row, "last_end"));
    }

    private static LastRun lastRun(ResultSet row) throws SQLException {
        return new LastRun(
                row.getLong("id"),
                RunRows.outcome(row.getString("outcome")),
                row.getString("code"),
                row.getString("reason"),
                Times.nullable(row, "since"));
    }
}
