package io.celonamdm.planning;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.inventory.Fleet;
import io.celonamdm.ledger.inventory.Fleet.Sizes;
import io.celonamdm.ledger.inventory.Inventory;
import io.celonamdm.ledger.inventory.MissingRecords;
import io.celonamdm.ledger.inventory.MissingRecords.Means;
import io.celonamdm.ledger.inventory.Pull;
import io.celonamdm.ledger.report.DeviceCounts;
import io.celonamdm.ledger.run.Looks;
import io.celonamdm.ledger.run.PastRuns;
import io.celonamdm.ledger.run.Plans;
import io.celonamdm.ledger.run.Plans.Plan;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.Runs;
import io.celonamdm.plan.Guards;
import io.celonamdm.planning.AdmissionRules.Decision;
import io.celonamdm.planning.Newcomers.Decisions;
import io.celonamdm.sync.Sync;
import io.celonamdm.text.Counted;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Decides from a complete pull which devices a run works on. */
@Component
public class Planner {
    private static final Logger LOG = LoggerFactory.getLogger(Planner.class);

    private final Inventory inventory;
    private final Fleet fleet;
    private final DriftWatch driftWatch;
    private final Runs runs;
    private final Plans plans;
    private final ScopeKeeper scopes;
    private final Newcomers newcomers;
    private final MissingRecords missed;
    private final PastRuns pastRuns;
    private final DeviceCounts counts;
    private final Looks looks;
    private final Clock clock;

    Planner(
            Inventory inventory,
            Fleet fleet,
            DriftWatch driftWatch,
            Runs runs,
            Plans plans,
            ScopeKeeper scopes,
            Newcomers newcomers,
            MissingRecords missed,
            PastRuns pastRuns,
            DeviceCounts counts,
            Looks looks,
            Clock clock) {
        this.inventory = inventory;
        this.fleet = fleet;
        this.driftWatch = driftWatch;
        this.runs = runs;
        this.plans = plans;
        this.scopes = scopes;
        this.newcomers = newcomers;
        this.missed = missed;
        this.pastRuns = pastRuns;
        this.counts = counts;
        this.looks = looks;
        this.clock = clock;
    }

    /**
     * Makes the pull the inventory, and admits its new devices, in one transaction.
     *
     * @throws IllegalStateException if the platform has not said that the pull is complete
     */
    @Transactional
    public void plan(Sync sync, Pull pull) {
        if (!pull.isComplete()) {
            throw new IllegalStateException(
                    "platform %s ended its pull without saying that it is complete".formatted(sync.platform()));
        }
        driftWatch.notice(pull);
        int shown = fleet.pulled(pull);
        Optional<ReasonCode> doubt = sync.guards().doubts(shown, usual(pull.run()));
        boolean confirmed = doubt.equals(Optional.of(ReasonCode.MAX_FALL_PERCENT)) && missed.confirms(pull);
        inventory.complete(pull, meaning(pull, doubt));
        Sizes sizes = fleet.sizes(sync.name());
        Optional<ReasonCode> guard = doubt.or(() -> newcomers.guard(sync, shown, sizes));
        boolean planOnly = pull.run().planOnly();
        boolean believed = doubt.isEmpty() || confirmed;
        if (!planOnly && believed) {
            scopes.keep(sync);
        }
        long run = pull.run().id();
        Decisions decisions = decisions(sync, pull, sizes, guard);
        if (believed) {
            driftWatch.look(sync, pull.run());
            runs.compares(run, clock.instant());
        }
        int admitted = guard.isPresent() ? 0 : decisions.admitted();
        int open = planOnly || guard.isPresent() ? decisions.admitted() : 0;
        int served = Math.max(0, shown - decisions.ruledOut() - counts.ruledOut(sync.name()));
        runs.pulled(run, pull.records(), shown, admitted, served, doubt.isEmpty());
        plans.made(
                run, guard.orElse(null), open, doubt.isPresent() ? missed.count(sync.name()) : 0, decisions.digest());
        if (!planOnly) {
            looks.planned(sync.name());
        }
        if (!planOnly && guard.isEmpty()) {
            looks.dayBegins(sync.name());
        }
        tell(pull, shown, sizes, decisions);
        guard.ifPresent(code -> LOG.warn(
                "guard {}: {}; {} held back until plan {} is approved, or the cause is gone",
                code,
                reason(code),
                Counted.are(open, "device"),
                run));
    }

    /** The number of devices in the last believable pull. */
    private int usual(Run run) {
        return pastRuns.usual(run.sync(), run.id()).map(Run::inventory).orElse(0);
    }

    /**
     * A single pull may miss a device, because others come and go while it is read page by page; an implausibly small
     * pull says nothing about any device.
     */
    private static Means meaning(Pull pull, Optional<ReasonCode> doubt) {
        if (doubt.equals(Optional.of(ReasonCode.MIN_INVENTORY))) {
            return Means.NOTHING;
        }
        return doubt.isEmpty() && pull.isAtOnce() ? Means.GONE : Means.GONE_IF_MISSED_TWICE;
    }

    private Decisions decisions(Sync sync, Pull pull, Sizes sizes, Optional<ReasonCode> guard) {
        if (sizes.newcomers() == 0) {
            return newcomers.none();
        }
        Run run = pull.run();
        return run.planOnly()
                ? newcomers.look(sync, pull::goesOn)
                : newcomers.enter(sync, run.id(), guard.map(code -> Decision.held(code, reason(code))), pull::goesOn);
    }

    /**
     * Carries out a plan whose devices were not admitted.
     *
     * @param run the run to which they belong from now on
     * @throws PlanChanged if the inventory or the rules have changed since the plan; nothing is changed then
     */
    @Transactional
    public void approve(Sync sync, Plan plan, long run) {
        boolean doubted = Guards.doubtsPull(plan.guard());
        if (doubted) {
            missed.believe(sync.name());
        }
        if (plan.planOnly() || doubted) {
            scopes.keep(sync);
        }
        Decisions decisions = newcomers.enter(sync, run, Optional.empty(), () -> {});
        if (!decisions.digest().equals(plan.digest())) {
            throw new PlanChanged(plan);
        }
        plans.approved(plan, run);
        looks.dayBegins(sync.name());
    }

    /**
     * Compares some of the done devices with the inventory, after the plan of a run.
     *
     * @return whether the comparison must go on; otherwise it is over, and the run knows
     */
    @Transactional
    public boolean compareSome(Sync sync, Run run) {
        boolean goesOn = driftWatch.compareSome(sync, run);
        if (!goesOn) {
            runs.compares(run.id(), null);
        }
        return goesOn;
    }

    private static void tell(Pull pull, int shown, Sizes sizes, Decisions decisions) {
        LOG.info(
                "plan{}: {}, {} with a usable EID, {} known, {} new to be admitted{}",
                pull.run().planOnly() ? " only" : "",
                Counted.words(pull.records(), "record"),
                Counted.words(shown, "device"),
                sizes.known(),
                decisions.admitted(),
                decisions.held().isEmpty() ? "" : ", held back " + decisions.held());
    }

    private static String reason(ReasonCode code) {
        return switch (code) {
            case MAX_NEW -> "more new devices than guards.max-new";
            case MAX_NEW_PERCENT -> "more new devices than guards.max-new-percent of the known ones";
            case MIN_INVENTORY -> "fewer devices in the inventory than guards.min-inventory";
            case MAX_FALL_PERCENT -> "far fewer devices in the inventory than before, by guards.max-fall-percent";
            default -> code.name();
        };
    }
}
