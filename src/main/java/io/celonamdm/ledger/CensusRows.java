package io.celonamdm.ledger;

import io.celonamdm.esim.Step;
import io.celonamdm.ledger.SyncCounts.DeadCount;
import io.celonamdm.ledger.SyncCounts.DeviceCount;
import io.celonamdm.ledger.SyncCounts.LastRun;
import io.celonamdm.ledger.SyncCounts.RunCount;
import io.celonamdm.ledger.SyncCounts.State;
import io.celonamdm.ledger.SyncCounts.Stuck;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads what the census counts. */
final class CensusRows {
    /** The latest run that was more than a plan, and when the first one ended since the last good one. */
    static final String LAST_RUNS = """
            select r.sync, r.id, r.outcome, r.code, r.reason, (select min(b.closed_at) from run b
                where b.sync = r.sync and b.closed_at is not null and b.outcome <> 'PLANNED'
                    and b.id > coalesce((select max(g.id) from run g
                        where g.sync = r.sync and g.outcome in ('SUCCESS', 'PARTIAL')), 0)) as since
            from run r join (select sync, max(id) as id from run where closed_at is not null and outcome <> 'PLANNED'
                and [sync] group by sync) latest on latest.id = r.id
            """;

    private CensusRows() {}

    static State state(ResultSet row) throws SQLException {
        return new State(
                Times.nullable(row, "nightly_due_at"),
                row.getString("quarantine_code") == null ? null : SyncStates.quarantine(row),
                SyncStates.Stop.Kind.PAUSED.name().equals(row.getString("stopped")),
                Times.nullable(row, "opened_at"),
                Times.nullable(row, "window_ends_at"));
    }

    static DeviceCount devices(ResultSet row) throws SQLException {
        return new DeviceCount(
                Place.valueOf(row.getString("place")),
                Step.valueOf(row.getString("step")),
                row.getLong("number"),
                Times.nullable(row, "due"));
    }

    static RunCount runs(ResultSet row) throws SQLException {
        return new RunCount(
                Run.Outcome.valueOf(row.getString("outcome")), row.getLong("number"), Times.required(row, "last_end"));
    }

    static Stuck stuck(ResultSet row) throws SQLException {
        return new Stuck(row.getString("code"), row.getLong("number"), Times.nullable(row, "since"));
    }

    static DeadCount dead(ResultSet row) throws SQLException {
        return new DeadCount(
                row.getString("code"), row.getLong("ever"), row.getLong("still_open"), Times.nullable(row, "since"));
    }

    static LastRun lastRun(ResultSet row) throws SQLException {
        return new LastRun(
                row.getLong("id"),
                Run.Outcome.valueOf(row.getString("outcome")),
                row.getString("code"),
                row.getString("reason"),
                Times.nullable(row, "since"));
    }
}
