package io.celonamdm.operations;

import io.celonamdm.json.Json;
import io.celonamdm.ledger.Run;
import io.celonamdm.ledger.Runs;
import io.celonamdm.sync.Reports;
import io.celonamdm.sync.RunReport;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.SyncControl;
import io.celonamdm.sync.Syncs;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/** The runs: {@code GET /actuator/runs?sync=&limit=} and {@code GET} and {@code POST /actuator/runs/{id}}. */
@Component
@Endpoint(id = "runs")
class RunsEndpoint {
    private static final int USUAL = 20;
    private static final int MOST = 500;

    private final Runs runs;
    private final Reports reports;
    private final Syncs syncs;
    private final SyncControl control;

    RunsEndpoint(Runs runs, Reports reports, Syncs syncs, SyncControl control) {
        this.runs = runs;
        this.reports = reports;
        this.syncs = syncs;
        this.control = control;
    }

    /**
     * A run with its counts.
     *
     * @param id the run's id
     * @param sync the sync's name
     * @param cause what opened it
     * @param planOnly whether it ends after the plan
     * @param openedAt when it was opened
     * @param closedAt when it was closed
     * @param pull how far its pull has come
     * @param outcome how it ended
     * @param code why it did not end well
     * @param reason the same in words
     * @param report its counts; those of an open run are of this moment
     */
    record RunView(
            long id,
            String sync,
            Run.Cause cause,
            boolean planOnly,
            Instant openedAt,
            @Nullable Instant closedAt,
            Run.Pull pull,
            @Nullable Run.Outcome outcome,
            @Nullable String code,
            @Nullable String reason,
            RunReport report) {}

    // actuator takes a parameter as optional by this annotation of Spring's
    @ReadOperation
    List<RunView> all(@Nullable String sync, @Nullable Integer limit) {
        int rows = Words.limit(limit, USUAL, MOST);
        return runs.history(sync, rows).stream().map(this::view).toList();
    }

    @ReadOperation
    WebEndpointResponse<Object> one(@Selector long id) {
        return runs.find(id)
                .map(run -> new WebEndpointResponse<Object>(view(run)))
                .orElseGet(() -> Answers.notFound("no run has the id " + id));
    }

    @WriteOperation
    WebEndpointResponse<Object> act(@Selector long id, String action, @Nullable String reason) {
        Run run = runs.find(id).orElse(null);
        if (run == null) {
            return Answers.notFound("no run has the id " + id);
        }
        if (!"cancel".equalsIgnoreCase(action)) {
            return Answers.badRequest("the action is cancel, not " + action);
        }
        if (reason == null || reason.isBlank()) {
            return Answers.noReason();
        }
        Sync sync = syncs.find(run.sync()).orElse(null);
        if (sync == null) {
            return Answers.notFound("sync %s of run %d is not configured any more".formatted(run.sync(), id));
        }
        String refusal = control.cancel(sync, run, reason.strip());
        return refusal == null
                ? Answers.accepted(view(runs.find(id).orElseThrow()))
                : Answers.conflict("cancel is not possible: " + refusal);
    }

    private RunView view(Run run) {
        String stored = run.report();
        return new RunView(
                run.id(),
                run.sync(),
                run.cause(),
                run.planOnly(),
                run.openedAt(),
                run.closedAt(),
                run.pull(),
                run.outcome(),
                run.code(),
                run.reason(),
                stored == null ? reports.report(run) : Json.read(stored, RunReport.class));
    }
}
