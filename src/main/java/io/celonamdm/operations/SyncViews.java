package io.celonamdm.operations;

import io.celonamdm.ledger.Comparisons;
import io.celonamdm.ledger.DeadLetters;
import io.celonamdm.ledger.DeviceCounts;
import io.celonamdm.ledger.Drifts;
import io.celonamdm.ledger.PastRuns;
import io.celonamdm.ledger.Plans.Plan;
import io.celonamdm.ledger.Readings;
import io.celonamdm.ledger.Run;
import io.celonamdm.ledger.Runs;
import io.celonamdm.ledger.SyncStates;
import io.celonamdm.ledger.SyncStates.Quarantine;
import io.celonamdm.ledger.SyncStates.Stop;
import io.celonamdm.ledger.SyncStates.SyncState;
import io.celonamdm.operations.SyncView.LastRun;
import io.celonamdm.operations.SyncView.State;
import io.celonamdm.operations.needs.Needs;
import io.celonamdm.sync.Nights;
import io.celonamdm.sync.PoolForecasts;
import io.celonamdm.sync.Reports;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.SyncControl;
import io.celonamdm.work.Agenda;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shows syncs at a glance. */
@Component
public class SyncViews {
    private final Runs runs;
    private final PastRuns pastRuns;
    private final Reports reports;
    private final Nights nights;
    private final Agenda agenda;
    private final SyncStates states;
    private final SyncControl control;
    private final DeviceCounts counts;
    private final Comparisons comparisons;
    private final Drifts drifts;
    private final DeadLetters deadLetters;
    private final Readings readings;
    private final Needs needs;
    private final PoolForecasts pools;

    SyncViews(
            Runs runs,
            PastRuns pastRuns,
            Reports reports,
            Nights nights,
            Agenda agenda,
            SyncStates states,
            SyncControl control,
            DeviceCounts counts,
            Comparisons comparisons,
            Drifts drifts,
            DeadLetters deadLetters,
            Readings readings,
            Needs needs,
            PoolForecasts pools) {
        this.runs = runs;
        this.pastRuns = pastRuns;
        this.reports = reports;
        this.nights = nights;
        this.agenda = agenda;
        this.states = states;
        this.control = control;
        this.counts = counts;
        this.comparisons = comparisons;
        this.drifts = drifts;
        this.deadLetters = deadLetters;
        this.readings = readings;
        this.needs = needs;
        this.pools = pools;
    }

    /** One sync as it stands now. */
    public SyncView of(Sync sync) {
        String name = sync.name();
        Optional<Run> open = runs.open(name);
        Optional<Quarantine> quarantine = agenda.quarantine(sync);
        Plan plan = control.approvable(sync).orElse(null);
        Stop stop = states.find(name).map(SyncState::stop).orElse(null);
        return new SyncView(
                name,
                state(sync, open.isPresent(), quarantine.isPresent(), stop),
                sync.platform(),
                sync.celona().customerId(),
                nights.dueAt(sync).orElse(null),
                agenda.next(sync, open).orElse(null),
                pastRuns.lastGood(name).orElse(null),
                open.map(Run::id).orElse(null),
                open.map(reports::report).orElse(null),
                runs.history(name, 2).stream()
                        .filter(run -> run.closedAt() != null)
                        .findFirst()
                        .map(run -> new LastRun(run.id(), String.valueOf(run.outcome()), run.closedAt()))
                        .orElse(null),
                quarantine.orElse(null),
                stop,
                plan,
                pools.of(sync, plan == null ? 0 : plan.devices()),
                needs.of(sync),
                counts.byPlace(name),
                counts.waitingByStep(name),
                counts.waitingByCode(name),
                counts.heldByCode(name),
                comparisons.verified(name),
                drifts.countByCode(name),
                deadLetters.countByCode(name),
                readings.proofs(name));
    }

    private static State state(Sync sync, boolean running, boolean quarantined, @Nullable Stop stop) {
        boolean paused = sync.settings().paused() || (stop != null && stop.kind() == Stop.Kind.PAUSED);
        return State.of(quarantined, paused, running);
    }
}
