package io.celonamdm.control;

import io.celonamdm.ledger.database.Audit;
import io.celonamdm.ledger.device.DeviceTransitions;
import io.celonamdm.ledger.run.Looks;
import io.celonamdm.ledger.run.Plans;
import io.celonamdm.ledger.run.Plans.Plan;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.Runs;
import io.celonamdm.ledger.run.SyncStates;
import io.celonamdm.ledger.run.SyncStates.Quarantine;
import io.celonamdm.ledger.run.SyncStates.Stop;
import io.celonamdm.ledger.run.SyncStates.SyncState;
import io.celonamdm.planning.PlanChanged;
import io.celonamdm.planning.Planner;
import io.celonamdm.schedule.SyncTrigger;
import io.celonamdm.sync.Reports;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import io.celonamdm.text.Counted;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Carries out a person's action for a whole sync, and triggers the sync. The ledger keeps it with who asked and why, so
 * that it holds for each replica and after a restart.
 */
@Component
public class SyncControl {
    /** How long a plan can be approved. */
    private static final Duration PLAN_IS_GOOD_FOR = Duration.ofHours(24);

    private final Syncs syncs;
    private final SyncStates states;
    private final DeviceTransitions transitions;
    private final Runs runs;
    private final Looks looks;
    private final Plans plans;
    private final Planner planner;
    private final Reports reports;
    private final SyncTrigger trigger;
    private final Audit audit;
    private final TransactionOperations transaction;
    private final Clock clock;

    SyncControl(
            Syncs syncs,
            SyncStates states,
            DeviceTransitions transitions,
            Runs runs,
            Looks looks,
            Plans plans,
            Planner planner,
            Reports reports,
            SyncTrigger trigger,
            Audit audit,
            TransactionOperations transaction,
            Clock clock) {
        this.syncs = syncs;
        this.states = states;
        this.transitions = transitions;
        this.runs = runs;
        this.looks = looks;
        this.plans = plans;
        this.planner = planner;
        this.reports = reports;
        this.trigger = trigger;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Carries out an action other than {@link SyncAction#APPROVE}; see {@link #take(SyncAction, Sync, String, Long,
     * Integer)}.
     */
    public void take(SyncAction action, Sync sync, @Nullable String reason) {
        take(action, sync, reason, null, null);
    }

    /**
     * Carries out an action.
     *
     * @param reason why, for the audit; {@link SyncAction#RUN} and {@link SyncAction#PLAN} need none
     * @param plan the id of the plan to approve
     * @param count how many devices the person expects it to admit
     * @throws RequestRejected if something required is missing, or the action is not possible
     */
    public void take(
            SyncAction action, Sync sync, @Nullable String reason, @Nullable Long plan, @Nullable Integer count) {
        String why = action.needsReason() ? Reason.required(reason) : Reason.optional(reason);
        transaction.executeWithoutResult(status -> {
            String detail = carryOut(action, sync, why, plan, count);
            audit.note(Audit.OPERATOR, sync.name(), null, action.word(), why, detail);
        });
        trigger.wake(sync);
    }

    /** Returns the change, for the audit. */
    private String carryOut(SyncAction action, Sync sync, String reason, @Nullable Long plan, @Nullable Integer count) {
        return switch (action) {
            case RUN -> run(action, sync, false);
            case PLAN -> run(action, sync, true);
            case APPROVE -> approve(sync, plan, count);
            case PAUSE -> pause(sync, reason);
            case RESUME -> resume(sync);
            case RELEASE -> release(sync);
        };
    }

    private String run(SyncAction action, Sync sync, boolean planOnly) {
        if (!trigger.open(sync, planOnly)) {
            throw impossible(
                    action, sync, "a run is open or queued; GET /actuator/syncs/%s shows it".formatted(sync.name()));
        }
        return "";
    }

    private String pause(Sync sync, String reason) {
        if (isPaused(sync)) {
            throw impossible(SyncAction.PAUSE, sync, "it is paused already");
        }
        states.stop(sync.name(), Stop.Kind.PAUSED, reason);
        return "";
    }

    private String resume(Sync sync) {
        if (sync.settings().paused()) {
            throw impossible(
                    SyncAction.RESUME,
                    sync,
                    "it is paused by the setting connector.syncs.%s.paused".formatted(sync.name()));
        }
        if (!states.resume(sync.name())) {
            throw impossible(SyncAction.RESUME, sync, "it is not paused");
        }
        return "";
    }

    /** Ends a quarantine; what it put off until its probe is due now. */
    private String release(Sync sync) {
        Quarantine quarantine = states.quarantine(sync.name())
                .orElseThrow(() -> impossible(SyncAction.RELEASE, sync, "it is not quarantined"));
        states.release(sync.name());
        transitions.releaseQuarantined(sync.name(), quarantine.code());
        runs.pullNow(sync.name(), quarantine.code());
        looks.lookNow(sync.name(), quarantine.code());
        return quarantine.toString();
    }

    /** The plan that can be approved. */
    public Optional<Plan> approvable(Sync sync) {
        return plans.latest(sync.name())
                .filter(plan -> (plan.devices() > 0 || plan.isHeldBack())
                        && clock.instant().isBefore(plan.madeAt().plus(PLAN_IS_GOOD_FOR)));
    }

    /** Carries out exactly the sync's latest plan, without a new pull. */
    private String approve(Sync sync, @Nullable Long id, @Nullable Integer count) {
        if (id == null || count == null) {
            throw RequestRejected.invalid(
                    "\"plan\" and \"count\" are missing: GET /actuator/syncs/%s shows the plan, and how many devices it would admit"
                            .formatted(sync.name()));
        }
        Plan plan = approvable(sync)
                .orElseThrow(() -> impossible(
                        SyncAction.APPROVE,
                        sync,
                        "no plan waits for it; a plan is good for %d hours, and ends with the next one"
                                .formatted(PLAN_IS_GOOD_FOR.toHours())));
        if (plan.run() != id || plan.devices() != count) {
            throw impossible(
                    SyncAction.APPROVE, sync, "the plan that waits for it is " + words(plan.run(), plan.devices()));
        }
        if (sync.settings().planOnly()) {
            throw impossible(SyncAction.APPROVE, sync, "connector.syncs.%s.plan-only is set".formatted(sync.name()));
        }
        Run open = runs.open(sync.name()).orElse(null);
        if (open != null && open.id() != id) {
            throw impossible(SyncAction.APPROVE, sync, "run %d is open, and makes a new plan".formatted(open.id()));
        }
        if (open == null || open.planOnly()) {
            if (open != null) {
                reports.close(open);
            }
            runs.openApproved(sync.name(), sync.settings().runWindow());
        }
        try {
            planner.approve(sync, plan, runs.open(sync.name()).orElseThrow().id());
        } catch (PlanChanged e) {
            throw impossible(SyncAction.APPROVE, sync, String.valueOf(e.getMessage()));
        }
        return words(id, count);
    }

    private static String words(long plan, int devices) {
        return "plan %d with %s".formatted(plan, Counted.words(devices, "device"));
    }

    /**
     * Ends an open run; its devices stay at their steps until the next run opens that does more than plan, or the sync is
     * resumed.
     *
     * @throws RequestRejected if the run is unknown or has ended, or the reason is missing
     */
    public void cancel(long id, @Nullable String reason) {
        Run run = runs.find(id).orElseThrow(() -> RequestRejected.notFound("no run has the id " + id));
        String why = Reason.required(reason);
        Sync sync = syncs.find(run.sync())
                .orElseThrow(() -> RequestRejected.notFound(
                        "sync %s of run %d is not configured any more".formatted(run.sync(), id)));
        if (run.closedAt() != null) {
            throw RequestRejected.conflict("cancel is not possible: run %d ended at %s".formatted(id, run.closedAt()));
        }
        transaction.executeWithoutResult(status -> {
            reports.cancel(run, why);
            if (!isPaused(sync)) {
                states.stop(sync.name(), Stop.Kind.CANCELLED, why);
            }
            audit.note(Audit.OPERATOR, sync.name(), null, "cancel", why, "run " + id);
        });
    }

    private boolean isPaused(Sync sync) {
        return states.find(sync.name()).filter(SyncState::isPaused).isPresent();
    }

    private static RequestRejected impossible(SyncAction action, Sync sync, String why) {
        return RequestRejected.conflict("%s of sync %s is not possible: %s".formatted(action.word(), sync.name(), why));
    }
}
