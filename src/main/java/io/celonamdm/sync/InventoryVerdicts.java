package io.celonamdm.sync;

import io.celonamdm.esim.EidCheck;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Rows;
import io.celonamdm.ledger.run.PastRuns;
import io.celonamdm.ledger.run.Plans;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.Run.Outcome;
import io.celonamdm.plan.Guards;
import io.celonamdm.sync.Outcomes.Verdict;
import io.celonamdm.text.Counted;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Judges a run's inventory: whether its records are readable, about as many as before, and admitted by the rules. */
@Component
class InventoryVerdicts {
    /** Findings of records that are served nevertheless, or of duplicates. */
    private static final Set<ReasonCode> SERVED = EnumSet.of(ReasonCode.EID_CHECK_DIGITS, ReasonCode.DUPLICATE_EID);

    private final Syncs syncs;
    private final Plans plans;
    private final PastRuns pastRuns;

    InventoryVerdicts(Syncs syncs, Plans plans, PastRuns pastRuns) {
        this.syncs = syncs;
        this.plans = plans;
        this.pastRuns = pastRuns;
    }

    /** The problem with the MDM's inventory, or with what the rules admit of it. */
    Optional<Verdict> of(Run run, RunReport report) {
        Integer served = run.served();
        if (served == null || isApproved(run)) {
            return Optional.empty();
        }
        Run usual = pastRuns.usual(run.sync(), run.id()).orElse(null);
        String before = usual == null
                ? "no earlier run had a believable inventory"
                : "run %d had %s, %d of them admitted by the rules"
                        .formatted(usual.id(), Counted.words(usual.inventory(), "device"), usual.served());
        if (report.records() > 0 && report.records() <= leftOut(run.sync(), report.findings())) {
            return bad(
                    Outcome.NOTHING_READ,
                    "none of %s is readable as a device: %s; %s"
                            .formatted(
                                    Counted.words(report.records(), "record"),
                                    RunReport.words(report.findings()),
                                    before));
        }
        if (!run.credible() && report.records() == 0) {
            return bad(Outcome.EMPTY_INVENTORY, "the MDM showed no record; " + before);
        }
        if (!run.credible()) {
            return bad(
                    Outcome.INVENTORY_FELL,
                    "the MDM showed %s; %s".formatted(Counted.words(report.inventory(), "device"), before));
        }
        if (served == 0 && report.inventory() > 0) {
            return bad(
                    Outcome.NOTHING_SERVED,
                    "scope and device-groups admit none of %s; %s"
                            .formatted(Counted.words(report.inventory(), "device"), before));
        }
        Integer servedBefore = usual == null ? null : usual.served();
        boolean ruledOut = servedBefore != null
                && syncs.find(run.sync())
                        .filter(sync -> sync.guards().fell(served, servedBefore))
                        .isPresent();
        return ruledOut
                ? bad(
                        Outcome.INVENTORY_FELL,
                        "scope and device-groups admit %d of %s; %s"
                                .formatted(served, Counted.words(report.inventory(), "device"), before))
                : Optional.empty();
    }

    /** A person has confirmed the inventory. */
    private boolean isApproved(Run run) {
        boolean approvedMeanwhile = run.credible()
                && plans.latest(run.sync())
                        .filter(plan -> plan.run() == run.id() && Guards.doubtsPull(plan.guard()))
                        .isPresent();
        return run.cause() == Run.Cause.APPROVED || approvedMeanwhile;
    }

    private static Optional<Verdict> bad(Outcome outcome, String reason) {
        return Optional.of(Verdict.of(outcome, reason));
    }

    private long leftOut(SyncName sync, Map<String, Long> findings) {
        boolean strict = syncs.find(sync)
                .filter(each -> each.mdm().eidCheck() == EidCheck.STRICT)
                .isPresent();
        return findings.entrySet().stream()
                .filter(each -> {
                    ReasonCode code = Rows.code(each.getKey());
                    return !SERVED.contains(code) || (strict && code == ReasonCode.EID_CHECK_DIGITS);
                })
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
