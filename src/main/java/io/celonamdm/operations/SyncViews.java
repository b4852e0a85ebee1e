package io.celonamdm.operations;

import io.celonamdm.control.SyncControl;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.report.DeviceCounts;
import io.celonamdm.ledger.report.SyncSnapshot;
import io.celonamdm.ledger.report.SyncSnapshots;
import io.celonamdm.ledger.run.Looks.Look;
import io.celonamdm.ledger.run.Plans.Plan;
import io.celonamdm.ledger.run.Readings;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.Runs;
import io.celonamdm.ledger.run.SyncStates;
import io.celonamdm.ledger.run.SyncStates.SyncState;
import io.celonamdm.operations.SyncView.LastRun;
import io.celonamdm.operations.SyncView.State;
import io.celonamdm.operations.needs.Needs;
import io.celonamdm.planning.PoolForecasts;
import io.celonamdm.schedule.Nights;
import io.celonamdm.sync.Reports;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.DueWorkPolicy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shows syncs at a glance. */
@Component
public class SyncViews {
    private final Runs runs;
    private final Reports reports;
    private final Nights nights;
    private final DueWorkPolicy dueWorkPolicy;
    private final SyncStates states;
    private final SyncControl control;
    private final SyncSnapshots snapshots;
    private final DeviceCounts counts;
    private final Readings readings;
    private final Needs needs;
    private final PoolForecasts pools;

    SyncViews(
            Runs runs,
            Reports reports,
            Nights nights,
            DueWorkPolicy dueWorkPolicy,
            SyncStates states,
            SyncControl control,
            SyncSnapshots snapshots,
            DeviceCounts counts,
            Readings readings,
            Needs needs,
            PoolForecasts pools) {
        this.runs = runs;
        this.reports = reports;
        this.nights = nights;
        this.dueWorkPolicy = dueWorkPolicy;
        this.states = states;
        this.control = control;
        this.snapshots = snapshots;
        this.counts = counts;
        this.readings = readings;
        this.needs = needs;
        this.pools = pools;
    }

    /** One sync as it stands now. */
    public SyncView of(Sync sync) {
        SyncName name = sync.name();
        Optional<Run> open = runs.open(name);
        Plan plan = control.approvable(sync).orElse(null);
        SyncSnapshot snapshot = snapshots.of(name);
        Optional<SyncState> state = states.find(name);
        return new SyncView(
                name.value(),
                state(sync, open.isPresent(), state),
                sync.platform(),
                sync.celona().customerId(),
                nights.dueAt(sync).orElse(null),
                dueWorkPolicy.next(sync, open).orElse(null),
                look(sync, open, snapshot),
                snapshot.lastGoodRun().orElse(null),
                open.map(Run::id).orElse(null),
                open.map(reports::report).orElse(null),
                runs.history(name, 2).stream()
                        .filter(run -> run.closedAt() != null)
                        .findFirst()
                        .map(run -> new LastRun(run.id(), String.valueOf(run.outcome()), run.closedAt()))
                        .orElse(null),
                state.map(SyncState::quarantine).orElse(null),
                state.map(SyncState::stop).orElse(null),
                plan,
                pools.of(sync, plan == null ? 0 : plan.devices()),
                needs.of(sync, snapshot),
                snapshot.devicesByPlace(),
                snapshot.waitingByStep(),
                snapshot.waitingByCode(),
                snapshot.heldByCode(),
                counts.verified(name),
                counts.driftByCode(name),
                snapshot.openDeadLettersByCode(),
                readings.proofs(name));
    }

    private SyncView.@Nullable Look look(Sync sync, Optional<Run> open, SyncSnapshot snapshot) {
        if (sync.settings().between() == null || snapshot.state() == null) {
            return null;
        }
        Look look = snapshot.state().look();
        return new SyncView.Look(
                dueWorkPolicy.lookDueAt(sync, open).orElse(null),
                look.at(),
                look.found(),
                look.admitted(),
                look.failures(),
                look.code(),
                look.reason());
    }

    private static State state(Sync sync, boolean running, Optional<SyncState> state) {
        boolean quarantined = state.map(SyncState::quarantine).isPresent();
        boolean paused =
                sync.settings().paused() || state.filter(SyncState::isPaused).isPresent();
        return State.of(quarantined, paused, running);
    }
}
