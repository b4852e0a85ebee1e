package io.celonamdm.sync;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.report.DeviceCounts;
import io.celonamdm.ledger.run.PastRuns;
import io.celonamdm.ledger.run.Plans;
import io.celonamdm.ledger.run.Plans.Plan;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.Run.Outcome;
import io.celonamdm.ledger.run.SyncStates;
import io.celonamdm.ledger.run.SyncStates.Quarantine;
import io.celonamdm.ledger.run.SyncStates.SyncState;
import io.celonamdm.sync.CodeTexts.CodeText;
import io.celonamdm.text.Counted;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Determines the outcome of a run: a good night only if it did what the settings promise. */
@Component
class Outcomes {
    private final Syncs syncs;
    private final SyncStates states;
    private final DeviceCounts counts;
    private final Plans plans;
    private final PastRuns pastRuns;
    private final InventoryVerdicts inventories;
    private final CodeTexts texts;

    Outcomes(
            Syncs syncs,
            SyncStates states,
            DeviceCounts counts,
            Plans plans,
            PastRuns pastRuns,
            InventoryVerdicts inventories,
            CodeTexts texts) {
        this.syncs = syncs;
        this.states = states;
        this.counts = counts;
        this.plans = plans;
        this.pastRuns = pastRuns;
        this.inventories = inventories;
        this.texts = texts;
    }

    /**
     * The outcome of a run.
     *
     * @param code why it ended badly; null if it did not, or if the run itself has the code
     * @param reason the same in words
     */
    record Verdict(
            Outcome outcome,
            @Nullable String code,
            @Nullable String reason) {
        static Verdict of(Outcome outcome) {
            return new Verdict(outcome, null, null);
        }

        static Verdict of(Outcome outcome, String reason) {
            return new Verdict(outcome, outcome.name(), reason);
        }
    }

    /** The outcome of a run that is closed now. */
    Verdict of(Run run, RunReport report) {
        Optional<SyncState> state = states.find(run.sync());
        Quarantine quarantine = state.map(SyncState::quarantine).orElse(null);
        if (quarantine != null) {
            return new Verdict(Outcome.QUARANTINED, quarantine.code().name(), quarantine.reason());
        }
        if (run.pull() != Run.PullState.DONE) {
            return Verdict.of(Outcome.FAILED);
        }
        return inventories
                .of(run, report)
                .orElseGet(() -> run.planOnly() ? Verdict.of(Outcome.PLANNED) : work(run, report, state));
    }

    /** Further lines in the report of a bad night: the run before, and what to do; empty after a good one. */
    String advice(Run run, Outcome outcome) {
        if (!outcome.isBad()) {
            return "";
        }
        String before = pastRuns.before(run)
                .map(earlier -> "run %d: %s, %s in the inventory"
                        .formatted(earlier.id(), earlier.outcome(), Counted.words(earlier.inventory(), "device")))
                .orElse("no run");
        return "%n  before        %s%n  what to do    %s"
                .formatted(
                        before,
                        texts.of(outcome.name(), "night").map(CodeText::todo).orElse(""));
    }

    /** The outcome by the devices. */
    private Verdict work(Run run, RunReport report, Optional<SyncState> state) {
        boolean paused = state.map(SyncState::stop).isPresent()
                || syncs.find(run.sync())
                        .filter(sync ->
                                sync.settings().paused() || sync.settings().planOnly())
                        .isPresent();
        if (paused) {
            return Verdict.of(
                    Outcome.PAUSED, "nothing was sent; %s waiting".formatted(Counted.are(report.waits(), "device")));
        }
        Plan plan = plans.latest(run.sync()).filter(Plan::isHeldBack).orElse(null);
        if (plan != null && plan.run() == run.id()) {
            return Verdict.of(
                    Outcome.HELD_FOR_APPROVAL,
                    "%s holds %s back until plan %d is approved"
                            .formatted(plan.guard(), Counted.words(plan.devices(), "new device"), plan.run()));
        }
        if (report.inDoubt() > 0) {
            return Verdict.of(
                    Outcome.IN_DOUBT,
                    "%s in doubt; nothing is assigned meanwhile".formatted(Counted.are(report.inDoubt(), "device")));
        }
        Long without = report.waitingFor().get(ReasonCode.POOL_EXHAUSTED.name());
        if (without != null) {
            return Verdict.of(
                    Outcome.POOL_EXHAUSTED, "%s waiting for an eSIM".formatted(Counted.are(without, "device")));
        }
        return lossesOf(run, report);
    }

    private Verdict lossesOf(Run run, RunReport report) {
        long dead = counts.newDeadLetters(run.sync(), run.openedAt());
        DeviceCounts.Reached reached = report.reached();
        int progress = reached.assigned() + reached.pushed() + reached.activated() + reached.grouped() + reached.done();
        // a phone whose deadline passed in a quiet night says nothing about the night
        if (dead > 0 && report.planned() > 0 && progress == 0) {
            return Verdict.of(
                    Outcome.ALL_FAILED,
                    "none of the new devices continued; %s new: %s"
                            .formatted(Counted.are(dead, "dead letter"), RunReport.words(report.deadLetters())));
        }
        long unfinished = counts.unfinished(run.sync());
        if (unfinished > 0) {
            return Verdict.of(
                    Outcome.UNFINISHED,
                    "%s still in progress, at %s; by reason: %s"
                            .formatted(
                                    Counted.are(unfinished, "device"),
                                    RunReport.words(report.waiting()),
                                    RunReport.words(report.waitingFor())));
        }
        if (run.comparisonDueAt() != null) {
            return Verdict.of(
                    Outcome.UNFINISHED,
                    "the comparison of done devices with the inventory is not finished; the next run goes on with it");
        }
        Long files = report.findings().get(ReasonCode.FILE_UNREADABLE.name());
        if (files != null) {
            return new Verdict(
                    Outcome.PARTIAL,
                    ReasonCode.FILE_UNREADABLE.name(),
                    "%s unreadable; nothing in them is served".formatted(Counted.are(files, "file")));
        }
        Optional<Verdict> heldForLocks = heldFor(
                        report,
                        ReasonCode.LOCK_REQUIRED,
                        "Celona activates locked eSIMs only, and their rule has no SIM lock")
                .or(() -> heldFor(
                        report,
                        ReasonCode.SIMLOCK_UNSUPPORTED,
                        "Celona locks no eSIMs of this customer, and their rule has a SIM lock"));
        if (heldForLocks.isPresent()) {
            return heldForLocks.get();
        }
        return Verdict.of(report.deadLetters().isEmpty() ? Outcome.SUCCESS : Outcome.PARTIAL);
    }

    private static Optional<Verdict> heldFor(RunReport report, ReasonCode code, String why) {
        return Optional.ofNullable(report.held().get(code.name()))
                .map(held -> new Verdict(
                        Outcome.PARTIAL, code.name(), "%s held back: %s".formatted(Counted.are(held, "device"), why)));
    }
}
