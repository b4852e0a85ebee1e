package io.celonamdm.sync;

import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.Fleet;
import io.celonamdm.ledger.Fleet.Newcomer;
import io.celonamdm.ledger.Fleet.Sizes;
import io.celonamdm.ledger.Inventory;
import io.celonamdm.ledger.Ownership;
import io.celonamdm.ledger.Pull;
import io.celonamdm.ledger.Runs;
import io.celonamdm.sync.Admission.Decision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Decides from a complete pull which devices a run works on. */
@Component
public class Planner {
    private static final Logger LOG = LoggerFactory.getLogger(Planner.class);
    private static final int CHUNK = 500;
    private static final String ADMITTED = "admitted";

    private final Inventory inventory;
    private final Fleet fleet;
    private final Ownership ownership;
    private final DriftWatch driftWatch;
    private final Runs runs;
    private final ScopeKeeper scopes;
    private final Claims claims;

    Planner(
            Inventory inventory,
            Fleet fleet,
            Ownership ownership,
            DriftWatch driftWatch,
            Runs runs,
            ScopeKeeper scopes,
            Claims claims) {
        this.inventory = inventory;
        this.fleet = fleet;
        this.ownership = ownership;
        this.driftWatch = driftWatch;
        this.runs = runs;
        this.scopes = scopes;
        this.claims = claims;
    }

    /**
     * Makes the pull the inventory, and admits the devices that are new in it; all of it or nothing.
     *
     * @throws IllegalStateException if the platform has not said that the pull is complete
     */
    @Transactional
    public void plan(Sync sync, Pull pull) {
        if (!pull.isComplete()) {
            throw new IllegalStateException(
                    "platform %s ended its pull without saying that it is complete".formatted(sync.platform()));
        }
        driftWatch.notice(sync, pull);
        inventory.complete(pull);
        Sizes sizes = fleet.sizes(sync.name());
        int newcomers = sync.scope().isOpen() ? sizes.newcomers() : newcomersInScope(sync);
        Optional<ReasonCode> guard = sync.guards().holdsBack(sizes.inventory(), sizes.known(), newcomers);
        boolean planOnly = pull.run().planOnly();
        boolean credible = !guard.equals(Optional.of(ReasonCode.MIN_INVENTORY));
        if (!planOnly && credible) {
            follow(sync);
        }
        Map<String, Integer> decisions = decide(sync, pull.run().id(), guard, planOnly);
        if (credible) {
            driftWatch.compare(sync, pull.run());
        }
        runs.pulled(pull.run().id(), pull.records(), sizes.inventory(), decisions.getOrDefault(ADMITTED, 0));
        LOG.info(
                "plan{}: {} records, {} devices with a usable EID, {} known, {} new{}",
                planOnly ? " only" : "",
                pull.records(),
                sizes.inventory(),
                sizes.known(),
                newcomers,
                decisions.isEmpty() ? "" : " " + decisions);
        guard.ifPresent(code -> LOG.warn("guard {}: {}", code, reason(code)));
    }

    /** Devices that have gone are held, those that have come back go on, those of another sync may come over. */
    private void follow(Sync sync) {
        Map<String, String> formerOwners =
                ownership.takeOver(sync.name(), sync.celona().customerId());
        formerOwners.forEach((eid, owner) ->
                LOG.info("an EID that sync {} no longer shows goes on here, at the step it had reached", owner));
        int gone = fleet.holdGone(sync.name());
        int back = fleet.releaseReturned(sync.name());
        if (gone + back > 0) {
            LOG.info("{} devices are gone and held, {} go on again", gone, back);
        }
        scopes.keep(sync);
    }

    /** Admits newcomers or holds them back; a plan that is only a plan just counts. */
    private Map<String, Integer> decide(Sync sync, long run, Optional<ReasonCode> guard, boolean planOnly) {
        Map<String, Integer> decisions = new TreeMap<>();
        String after = "";
        Admission admission = new Admission(sync, claims);
        while (true) {
            List<Newcomer> chunk = newcomers(sync, after);
            if (chunk.isEmpty()) {
                return decisions;
            }
            for (Newcomer newcomer : chunk) {
                Decision decision = guarded(admission.of(newcomer.mdm(), newcomer.eid(), newcomer.owned()), guard);
                ReasonCode code = decision.code();
                decisions.merge(code == null ? ADMITTED : code.name(), 1, Integer::sum);
                if (!planOnly) {
                    enter(sync, run, newcomer, decision);
                }
            }
            after = chunk.get(chunk.size() - 1).eid().value();
        }
    }

    private void enter(Sync sync, long run, Newcomer newcomer, Decision decision) {
        String customer = sync.celona().customerId();
        ReasonCode code = decision.code();
        if (code == null) {
            Iccid given = decision.given();
            if (given != null) {
                claims.granted(sync, given);
            }
            fleet.admit(sync.name(), customer, newcomer, run, given);
        } else if (code != ReasonCode.OUT_OF_SCOPE || newcomer.device() != null) {
            // what was never in scope is no device of this sync
            fleet.holdBack(sync.name(), customer, newcomer, run, code, decision.reason());
        }
    }

    /** Guards hold back those that nothing else does. */
    private static Decision guarded(Decision decision, Optional<ReasonCode> guard) {
        return decision.code() == null && guard.isPresent()
                ? Decision.held(guard.get(), reason(guard.get()))
                : decision;
    }

    private int newcomersInScope(Sync sync) {
        int count = 0;
        List<Newcomer> chunk = newcomers(sync, "");
        while (!chunk.isEmpty()) {
            for (Newcomer each : chunk) {
                count += sync.scope().leavesOut(each.mdm(), each.eid()).isEmpty() ? 1 : 0;
            }
            chunk = newcomers(sync, chunk.get(chunk.size() - 1).eid().value());
        }
        return count;
    }

    private List<Newcomer> newcomers(Sync sync, String after) {
        return fleet.newcomers(sync.name(), sync.celona().customerId(), after, CHUNK);
    }

    private static String reason(ReasonCode code) {
        return switch (code) {
            case MAX_NEW -> "more new devices than guards.max-new";
            case MAX_NEW_PERCENT -> "more new devices than guards.max-new-percent of the known ones";
            case MIN_INVENTORY -> "fewer devices in the inventory than guards.min-inventory";
            default -> code.name();
        };
    }
}
