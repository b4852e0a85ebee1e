package io.celonamdm.ledger;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Runs: opened at most one at a time for a sync, closed once. */
@Repository
@Transactional
public class Runs {
    private final JdbcClient jdbc;
    private final Clock clock;

    Runs(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Opens a run that asks for a pull.
     *
     * @return false if a run of the sync is open already
     */
    public boolean open(String sync, Run.Cause cause, boolean planOnly, Duration window) {
        return open(sync, cause, planOnly, window, Run.Pull.WANTED);
    }

    /** Opens a run that carries out a plan which was made before. Returns false if a run of the sync is open already. */
    public boolean openApproved(String sync, Duration window) {
        return open(sync, Run.Cause.APPROVED, false, window, Run.Pull.DONE);
    }

    private boolean open(String sync, Run.Cause cause, boolean planOnly, Duration window, Run.Pull pull) {
        Instant now = clock.instant();
        boolean opened = jdbc.sql("""
                                insert into run (sync, open_sync, cause, plan_only, opened_at, window_ends_at, pull, pull_due_at)
                                select :sync, :sync, :cause, :planOnly, :now, :ends, :pull, :due
                                where not exists (select 1 from run where open_sync = :sync)
                                on conflict do nothing
                                """)
                        .param("sync", sync)
                        .param("cause", cause.name())
                        .param("planOnly", planOnly)
                        .param("now", Times.of(now))
                        .param("ends", Times.of(now.plus(window)))
                        .param("pull", pull.name())
                        .param("due", pull == Run.Pull.WANTED ? Times.of(now) : null)
                        .update()
                == 1;
        if (opened) {
            // what cancelling a run has stopped goes on with the next one
            jdbc.sql("""
                            update sync set stopped = null, stopped_at = null, stopped_reason = null
                            where name = :sync and stopped = 'CANCELLED'
                            """).param("sync", sync).update();
        }
        return opened;
    }

    /** The open run of a sync. */
    @Transactional(readOnly = true)
    public Optional<Run> open(String sync) {
        return jdbc.sql("select * from run where open_sync = :sync")
                .param("sync", sync)
                .query(Runs::map)
                .optional();
    }

    /** The run that was opened last. */
    @Transactional(readOnly = true)
    public Optional<Run> latest(String sync) {
        return history(sync, 1).stream().findFirst();
    }

    /** A run by its id. */
    @Transactional(readOnly = true)
    public Optional<Run> find(long id) {
        return jdbc.sql("select * from run where id = :id")
                .param("id", id)
                .query(Runs::map)
                .optional();
    }

    /** Runs of a sync, or of all, the latest first. */
    @Transactional(readOnly = true)
    public List<Run> history(@Nullable String sync, int limit) {
        return jdbc.sql("select * from run" + (sync == null ? "" : " where sync = :sync")
                        + " order by id desc fetch first :limit rows only")
                .param("sync", sync)
                .param("limit", limit)
                .query(Runs::map)
                .list();
    }

    /** When the last run that ended well was closed. */
    @Transactional(readOnly = true)
    public Optional<Instant> lastGood(String sync) {
        return jdbc.sql("""
                        select closed_at from run where sync = :sync and outcome in ('SUCCESS', 'PARTIAL')
                        order by id desc fetch first 1 row only
                        """)
                .param("sync", sync)
                .query((row, number) -> Times.required(row, "closed_at"))
                .optional();
    }

    /**
     * The pull is complete and planned.
     *
     * @param records inventory records that it has shown
     * @param inventory devices with a usable EID
     * @param planned devices that the plan admits
     */
    public void pulled(long run, int records, int inventory, int planned) {
        jdbc.sql("""
                        update run set pull = 'DONE', pull_due_at = null, code = null, reason = null,
                            records = :records, inventory = :inventory, planned = :planned
                        where id = :run
                        """)
                .param("records", records)
                .param("inventory", inventory)
                .param("planned", planned)
                .param("run", run)
                .update();
    }

    /**
     * The pull did not finish.
     *
     * @param again when it is tried again; null gives it up
     */
    public void pullFailed(long run, ReasonCode code, String reason, @Nullable Instant again) {
        jdbc.sql("""
                        update run set pull = :pull, pull_due_at = :again, pull_attempts = pull_attempts + 1,
                            code = :code, reason = :reason
                        where id = :run
                        """)
                .param("pull", again == null ? "FAILED" : "WANTED")
                .param("again", Times.ofNullable(again))
                .param("code", code.name())
                .param("reason", Text.cut(reason, Text.REASON))
                .param("run", run)
                .update();
    }

    /** No further assign-eid in the sync's open run: one is in doubt. */
    public void stopAssigning(String sync) {
        jdbc.sql("update run set assign_stopped = true where open_sync = :sync")
                .param("sync", sync)
                .update();
    }

    /** Closes a run with its report. */
    public void close(long run, Run.Outcome outcome, Object report) {
        jdbc.sql("""
                        update run set open_sync = null, closed_at = :now, outcome = :outcome, report = :report,
                            pull = case when pull = 'WANTED' then 'FAILED' else pull end, pull_due_at = null
                        where id = :run and open_sync is not null
                        """)
                .param("now", Times.of(clock.instant()))
                .param("outcome", outcome.name())
                .param("report", Json.write(report))
                .param("run", run)
                .update();
    }

    static Run map(ResultSet row, int number) throws SQLException {
        String outcome = row.getString("outcome");
        return new Run(
                row.getLong("id"),
                row.getString("sync"),
                Run.Cause.valueOf(row.getString("cause")),
                row.getBoolean("plan_only"),
                Times.required(row, "opened_at"),
                Times.required(row, "window_ends_at"),
                Times.nullable(row, "closed_at"),
                Run.Pull.valueOf(row.getString("pull")),
                Times.nullable(row, "pull_due_at"),
                row.getInt("pull_attempts"),
                row.getBoolean("assign_stopped"),
                row.getInt("records"),
                row.getInt("inventory"),
                row.getInt("planned"),
                outcome == null ? null : Run.Outcome.valueOf(outcome),
                row.getString("code"),
                row.getString("reason"),
                row.getString("report"));
    }
}
