package io.celonamdm.operations;

import io.celonamdm.ledger.Run;
import io.celonamdm.ledger.Runs;
import io.celonamdm.sync.OnDemand;
import io.celonamdm.sync.PlanChanged;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.SyncControl;
import io.celonamdm.sync.Syncs;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes what a person asks of a sync or a run, and has the sync take it up at once. */
@Component
public class SyncActions {
    private final SyncControl control;
    private final OnDemand onDemand;
    private final Runs runs;
    private final Syncs syncs;

    SyncActions(SyncControl control, OnDemand onDemand, Runs runs, Syncs syncs) {
        this.control = control;
        this.onDemand = onDemand;
        this.runs = runs;
        this.syncs = syncs;
    }

    /**
     * Takes an action.
     *
     * @param reason why, for the audit
     * @param plan the plan to approve
     * @param count how many devices the person expects it to admit
     * @throws Refusal if something that the action needs is missing, or it is not possible
     */
    public void take(
            SyncAction action, Sync sync, @Nullable String reason, @Nullable Long plan, @Nullable Integer count) {
        boolean given = reason != null && !reason.isBlank();
        String why = action.needsReason() || given ? Refusal.reason(reason) : "";
        String refusal;
        try {
            refusal = switch (action) {
                case RUN -> control.run(sync, false, why);
                case PLAN -> control.run(sync, true, why);
                case PAUSE -> control.pause(sync, why);
                case RESUME -> control.resume(sync, why);
                case RELEASE -> control.release(sync, why);
                case APPROVE -> approve(sync, why, plan, count);
            };
        } catch (PlanChanged e) {
            refusal = e.getMessage();
        }
        if (refusal != null) {
            throw Refusal.conflict("%s of sync %s is not possible: %s".formatted(action.word(), sync.name(), refusal));
        }
        onDemand.wake(sync);
    }

    private @Nullable String approve(Sync sync, String reason, @Nullable Long plan, @Nullable Integer count) {
        if (plan == null || count == null) {
            throw Refusal.badRequest(
                    "\"plan\" and \"count\" are missing: GET /actuator/syncs/%s shows the plan, and how many devices it would admit"
                            .formatted(sync.name()));
        }
        return control.approve(sync, plan, count, reason);
    }

    /**
     * Ends an open run.
     *
     * @throws Refusal if there is no such run, no reason is given, or the run has ended
     */
    public void cancel(long id, @Nullable String reason) {
        Run run = runs.find(id).orElseThrow(() -> Refusal.notFound("no run has the id " + id));
        String why = Refusal.reason(reason);
        Sync sync = syncs.find(run.sync())
                .orElseThrow(() ->
                        Refusal.notFound("sync %s of run %d is not configured any more".formatted(run.sync(), id)));
        String refusal = control.cancel(sync, run, why);
        if (refusal != null) {
            throw Refusal.conflict("cancel is not possible: " + refusal);
        }
    }
}
