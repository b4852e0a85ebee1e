package io.celonamdm.sync;

import io.celonamdm.ledger.Audit;
import io.celonamdm.ledger.Plans;
import io.celonamdm.ledger.Plans.Plan;
import io.celonamdm.ledger.Run;
import io.celonamdm.ledger.Runs;
import io.celonamdm.ledger.SyncStates;
import io.celonamdm.ledger.SyncStates.Stop;
import io.celonamdm.ledger.SyncStates.SyncState;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a person decides about a sync as a whole. It is kept in the ledger with who decided it and why, so that it holds
 * for each replica and after a restart. Each method answers why it did nothing; null if it did what was asked for.
 */
@Component
public class SyncControl {
    /** How long a plan can be approved. */
    private static final Duration PLAN_IS_GOOD_FOR = Duration.ofHours(24);

    private final SyncStates states;
    private final Runs runs;
    private final Plans plans;
    private final Planner planner;
    private final Reports reports;
    private final OnDemand onDemand;
    private final Audit audit;
    private final Clock clock;

    SyncControl(
            SyncStates states,
            Runs runs,
            Plans plans,
            Planner planner,
            Reports reports,
            OnDemand onDemand,
            Audit audit,
            Clock clock) {
        this.states = states;
        this.runs = runs;
        this.plans = plans;
        this.planner = planner;
        this.reports = reports;
        this.onDemand = onDemand;
        this.audit = audit;
        this.clock = clock;
    }

    /** Opens a run, or one that ends after the plan. */
    @Transactional
    public @Nullable String run(Sync sync, boolean planOnly, String reason) {
        if (!onDemand.open(sync, planOnly)) {
            return "a run is open or queued; GET /actuator/syncs/%s shows it".formatted(sync.name());
        }
        note(sync, planOnly ? "plan" : "run", reason, "");
        return null;
    }

    /** Calls in flight end, then none that writes is made until {@link #resume}; polls of assignments go on. */
    @Transactional
    public @Nullable String pause(Sync sync, String reason) {
        if (isStopped(sync, Stop.Kind.PAUSED)) {
            return "it is paused already";
        }
        states.stop(sync.name(), Stop.Kind.PAUSED, reason);
        note(sync, "pause", reason, "");
        return null;
    }

    /** A sync that was paused, or whose run was cancelled, goes on. */
    @Transactional
    public @Nullable String resume(Sync sync, String reason) {
        if (sync.settings().paused()) {
            return "it is paused by the setting connector.syncs.%s.paused".formatted(sync.name());
        }
        if (!states.resume(sync.name())) {
            return "it is not paused";
        }
        note(sync, "resume", reason, "");
        return null;
    }

    /** Ends an open run; its devices stay at their steps until the next run opens, or the sync is resumed. */
    @Transactional
    public @Nullable String cancel(Sync sync, Run run, String reason) {
        if (run.closedAt() != null) {
            return "run %d ended at %s".formatted(run.id(), run.closedAt());
        }
        reports.cancel(run, reason);
        if (!isStopped(sync, Stop.Kind.PAUSED)) {
            states.stop(sync.name(), Stop.Kind.CANCELLED, reason);
        }
        note(sync, "cancel", reason, "run " + run.id());
        return null;
    }

    /** Ends the sync's quarantine before a probe does. */
    @Transactional
    public @Nullable String release(Sync sync, String reason) {
        Optional<SyncState> quarantined = states.find(sync.name()).filter(state -> state.quarantine() != null);
        if (quarantined.isEmpty()) {
            return "it is not quarantined";
        }
        states.release(sync.name());
        note(sync, "release", reason, String.valueOf(quarantined.get().quarantine()));
        return null;
    }

    /** The plan that can be approved. */
    @Transactional(readOnly = true)
    public Optional<Plan> approvable(Sync sync) {
        return plans.latest(sync.name())
                .filter(plan -> (plan.devices() > 0 || plan.isHeldBack())
                        && clock.instant().isBefore(plan.madeAt().plus(PLAN_IS_GOOD_FOR)));
    }

    /**
     * Carries out exactly the sync's latest plan, without a new pull.
     *
     * @param id the plan's id
     * @param count how many devices the person expects it to admit
     * @throws PlanChanged if it would admit other devices by now; nothing is changed then
     */
    @Transactional
    public @Nullable String approve(Sync sync, long id, int count, String reason) {
        Plan plan = approvable(sync).orElse(null);
        if (plan == null) {
            return "no plan waits for it; a plan is good for %d hours, and ends with the next one"
                    .formatted(PLAN_IS_GOOD_FOR.toHours());
        }
        if (plan.run() != id || plan.devices() != count) {
            return "the plan that waits for it is plan %d with %d devices".formatted(plan.run(), plan.devices());
        }
        if (sync.settings().planOnly()) {
            return "connector.syncs.%s.plan-only is set".formatted(sync.name());
        }
        Run open = runs.open(sync.name()).orElse(null);
        if (open != null && open.id() != id) {
            return "run %d is open, and makes a new plan".formatted(open.id());
        }
        if (open == null || open.planOnly()) {
            if (open != null) {
                reports.close(open);
            }
            runs.openApproved(sync.name(), sync.settings().runWindow());
        }
        planner.approve(sync, plan, runs.open(sync.name()).orElseThrow().id());
        note(sync, "approve", reason, "plan %d with %d devices".formatted(id, count));
        return null;
    }

    private boolean isStopped(Sync sync, Stop.Kind kind) {
        return states.find(sync.name())
                .map(SyncState::stop)
                .filter(stop -> stop.kind() == kind)
                .isPresent();
    }

    private void note(Sync sync, String action, String reason, String detail) {
        audit.note(Audit.OPERATOR, sync.name(), null, action, reason, detail);
    }
}
