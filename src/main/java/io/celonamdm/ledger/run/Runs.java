package io.celonamdm.ledger.run;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.json.Json;
import io.celonamdm.ledger.database.Text;
import io.celonamdm.ledger.database.Times;
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

    public Runs(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Opens a run that needs a pull.
     *
     * @return false if a run of the sync is open already
     */
    public boolean open(SyncName sync, Run.Cause cause, boolean planOnly, Duration window) {
        return open(sync, cause, planOnly, window, Run.PullState.WANTED);
    }

    /** Opens a run that carries out an earlier plan. Returns false if a run of the sync is open already. */
    public boolean openApproved(SyncName sync, Duration window) {
        return open(sync, Run.Cause.APPROVED, false, window, Run.PullState.DONE);
    }

    private boolean open(SyncName sync, Run.Cause cause, boolean planOnly, Duration window, Run.PullState pull) {
        Instant now = clock.instant();
        boolean opened = jdbc.sql("""
                                insert into run (sync, open_sync, cause, plan_only, opened_at, window_ends_at, pull, pull_due_at)
                                select :sync, :sync, :cause, :planOnly, :now, :ends, :pull, :due
                                where not exists (select 1 from run where open_sync = :sync)
                                on conflict do nothing
                                """)
                        .param("sync", sync.value())
                        .param("cause", cause.name())
                        .param("planOnly", planOnly)
                        .param("now", Times.of(now))
                        .param("ends", Times.of(now.plus(window)))
                        .param("pull", pull.name())
                        .param("due", pull == Run.PullState.WANTED ? Times.of(now) : null)
                        .update()
                == 1;
        if (opened && !planOnly) {
            // a new run resumes a sync that was stopped by cancelling a run; one that only plans must not send anything
            jdbc.sql("""
                            update sync set stopped = null, stopped_at = null, stopped_reason = null
                            where name = :sync and stopped = 'CANCELLED'
                            """).param("sync", sync.value()).update();
        }
        return opened;
    }

    /** The open run of a sync. */
    @Transactional(readOnly = true)
    public Optional<Run> open(SyncName sync) {
        return jdbc.sql("select * from run where open_sync = :sync")
                .param("sync", sync.value())
                .query(RunRows::map)
                .optional();
    }

    /** The run that was opened last. */
    @Transactional(readOnly = true)
    public Optional<Run> latest(SyncName sync) {
        return history(sync, 1).stream().findFirst();
    }

    /** Whether the latest run that does more than plan sends no further assign-eid, because one is in doubt. */
    @Transactional(readOnly = true)
    public boolean isAssignStopped(SyncName sync) {
        return jdbc.sql("""
                        select assign_stopped from run where sync = :sync and not plan_only
                        order by id desc fetch first 1 row only
                        """)
                .param("sync", sync.value())
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /** A run by its id. */
    @Transactional(readOnly = true)
    public Optional<Run> find(long id) {
        return jdbc.sql("select * from run where id = :id")
                .param("id", id)
                .query(RunRows::map)
                .optional();
    }

    /** Runs of a sync, or of all, the latest first. */
    @Transactional(readOnly = true)
    public List<Run> history(@Nullable SyncName sync, int limit) {
        return jdbc.sql("select * from run" + (sync == null ? "" : " where sync = :sync")
                        + " order by id desc fetch first :limit rows only")
                .param("sync", sync == null ? null : sync.value())
                .param("limit", limit)
                .query(RunRows::map)
                .list();
    }

    /**
     * Records that the pull is complete and planned.
     *
     * @param records inventory records that it has shown
     * @param inventory devices with a usable EID
     * @param planned devices that the plan admits
     * @param served devices that the rules let in
     * @param credible whether the pull is credible
     */
    public void pulled(long run, int records, int inventory, int planned, int served, boolean credible) {
        jdbc.sql("""
                        update run set pull = 'DONE', pull_due_at = null, code = null, reason = null,
                            records = :records, inventory = :inventory, planned = :planned, served = :served,
                            credible = :credible
                        where id = :run
                        """)
                .param("records", records)
                .param("inventory", inventory)
                .param("planned", planned)
                .param("served", served)
                .param("credible", credible)
                .param("run", run)
                .update();
    }

    /**
     * Records that the pull did not finish.
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

    /** Records when the comparison of done devices goes on; null if it is over. */
    public void compares(long run, @Nullable Instant due) {
        jdbc.sql("update run set comparison_due_at = :due where id = :run and open_sync is not null")
                .param("due", Times.ofNullable(due))
                .param("run", run)
                .update();
    }

    /** Brings forward the pull of the sync's open run, if it waits after this failure. */
    public void pullNow(SyncName sync, ReasonCode code) {
        jdbc.sql("update run set pull_due_at = :now where open_sync = :sync and code = :code and pull_due_at > :now")
                .param("now", Times.of(clock.instant()))
                .param("sync", sync.value())
                .param("code", code.name())
                .update();
    }

    /**
     * Closes a run with its report.
     *
     * @param code why it did not end well; null keeps the failure of its pull
     * @param reason the same in words
     */
    public void close(long run, Run.Outcome outcome, @Nullable String code, @Nullable String reason, Object report) {
        jdbc.sql("""
                        update run set open_sync = null, closed_at = :now, outcome = :outcome, report = :report,
                            code = coalesce(cast(:code as varchar), code),
                            reason = coalesce(cast(:reason as varchar), reason),
                            pull = case when pull = 'WANTED' then 'FAILED' else pull end, pull_due_at = null
                        where id = :run and open_sync is not null
                        """)
                .param("now", Times.of(clock.instant()))
                .param("outcome", outcome.name())
                .param("code", code)
                .param("reason", reason == null ? null : Text.cut(reason, Text.REASON))
                .param("report", Json.write(report))
                .param("run", run)
                .update();
    }
}
