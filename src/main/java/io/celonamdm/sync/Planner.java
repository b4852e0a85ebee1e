package io.celonamdm.sync;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.Fleet;
import io.celonamdm.ledger.Fleet.Newcomer;
import io.celonamdm.ledger.Fleet.Sizes;
import io.celonamdm.ledger.Inventory;
import io.celonamdm.ledger.Ownership;
import io.celonamdm.ledger.Pull;
import io.celonamdm.ledger.Runs;
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

    Planner(Inventory inventory, Fleet fleet, Ownership ownership, DriftWatch driftWatch, Runs runs) {
        this.inventory = inventory;
        this.fleet = fleet;
        this.ownership = ownership;
        this.driftWatch = driftWatch;
        this.runs = runs;
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
        Optional<ReasonCode> guard = sync.guards().holdsBack(sizes.inventory(), sizes.known(), sizes.newcomers());
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
                sizes.newcomers(),
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
    }

    /** Admits newcomers or holds them back; a plan that is only a plan just counts. */
    private Map<String, Integer> decide(Sync sync, long run, Optional<ReasonCode> guard, boolean planOnly) {
        Map<String, Integer> decisions = new TreeMap<>();
        String after = "";
        String customer = sync.celona().customerId();
        while (true) {
            List<Newcomer> chunk = fleet.newcomers(sync.name(), customer, after, CHUNK);
            if (chunk.isEmpty()) {
                return decisions;
            }
            for (Newcomer newcomer : chunk) {
                Optional<ReasonCode> held = heldBack(sync, newcomer, guard);
                decisions.merge(held.map(ReasonCode::name).orElse(ADMITTED), 1, Integer::sum);
                if (planOnly) {
                    continue;
                }
                if (held.isEmpty()) {
                    fleet.admit(sync.name(), customer, newcomer, run);
                } else {
                    fleet.holdBack(sync.name(), customer, newcomer, run, held.get(), reason(held.get()));
                }
            }
            after = chunk.get(chunk.size() - 1).eid().value();
        }
    }

    private static Optional<ReasonCode> heldBack(Sync sync, Newcomer newcomer, Optional<ReasonCode> guard) {
        if (newcomer.owned()) {
            return Optional.of(ReasonCode.OWNED_BY_OTHER_SYNC);
        }
        if (sync.groups().of(newcomer.mdm()).isEmpty()) {
            return Optional.of(ReasonCode.NO_GROUP);
        }
        return guard;
    }

    private static String reason(ReasonCode code) {
        return switch (code) {
            case OWNED_BY_OTHER_SYNC -> "another sync of the same Celona customer serves this EID";
            case NO_GROUP -> "no rule of device-groups matches, and default-group is hold";
            case MAX_NEW -> "more new devices than guards.max-new";
            case MAX_NEW_PERCENT -> "more new devices than guards.max-new-percent of the known ones";
            case MIN_INVENTORY -> "fewer devices in the inventory than guards.min-inventory";
            default -> code.name();
        };
    }
}
