package io.celonamdm.operations;

import io.celonamdm.esim.SyncName;
import io.celonamdm.json.Json;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.Runs;
import io.celonamdm.sync.Reports;
import io.celonamdm.sync.RunReport;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shows runs with their reports. */
@Component
public class RunViews {
    private final Runs runs;
    private final Reports reports;

    RunViews(Runs runs, Reports reports) {
        this.runs = runs;
        this.reports = reports;
    }

    /** Runs of a sync, or of all, the latest first, at most {@code limit}. */
    public List<RunView> history(@Nullable String sync, int limit) {
        return runs.history(sync == null ? null : new SyncName(sync), limit).stream()
                .map(this::view)
                .toList();
    }

    /** A run by its id. */
    public Optional<RunView> find(long id) {
        return runs.find(id).map(this::view);
    }

    private RunView view(Run run) {
        String stored = run.report();
        return new RunView(
                run.id(),
                run.sync().value(),
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
