package io.celonamdm.planning;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.device.DeviceTransitions;
import io.celonamdm.ledger.inventory.Fleet;
import io.celonamdm.ledger.inventory.Fleet.Newcomer;
import io.celonamdm.ledger.inventory.Fleet.Sizes;
import io.celonamdm.ledger.run.Looks;
import io.celonamdm.ledger.run.Looks.Look;
import io.celonamdm.planning.AdmissionRules.Decision;
import io.celonamdm.sync.Sync;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Admits the devices of the inventory that no plan has admitted yet, or holds them back. */
@Component
class Newcomers {
    private static final int PAGE = 500;

    private final Fleet fleet;
    private final DeviceTransitions transitions;
    private final AdmissionRules rules;
    private final IccidClaims claims;
    private final Looks looks;

    Newcomers(Fleet fleet, DeviceTransitions transitions, AdmissionRules rules, IccidClaims claims, Looks looks) {
        this.fleet = fleet;
        this.transitions = transitions;
        this.rules = rules;
        this.claims = claims;
        this.looks = looks;
    }

    /**
     * The decisions.
     *
     * @param admitted how many devices the rules admit, before guards
     * @param digest a digest of these devices
     * @param held how many the rules hold back, by code
     */
    record Decisions(int admitted, String digest, Map<String, Integer> held) {
        /** How many the sync's scope and group rules exclude. */
        int ruledOut() {
            return held.getOrDefault(ReasonCode.OUT_OF_SCOPE.name(), 0)
                    + held.getOrDefault(ReasonCode.NO_GROUP.name(), 0);
        }
    }

    /**
     * How many there are in the sync's scope.
     *
     * @param fresh those that no sync serves, so that each may need an eSIM
     * @param served those that another sync serves
     */
    private record Count(int fresh, int served) {}

    /**
     * The guard that holds the new devices back, together with those that looks have admitted since the last plan.
     *
     * @param shown the devices that the inventory shows
     */
    Optional<ReasonCode> guard(Sync sync, int shown, Sizes sizes) {
        Count count = count(sync, sizes);
        if (sync.mdm().isAheadOfEnrolment()) {
            // what its MDM's sync serves is no longer new, and no longer here
            return sync.guards().holdsBack(shown, sizes.known() + count.served(), count.fresh());
        }
        int byDay = count.fresh() == 0
                ? 0
                : looks.find(sync.name()).map(Look::admitted).orElse(0);
        return sync.guards().holdsBack(shown, sizes.known() - byDay, count.fresh() + byDay);
    }

    /** Counts those in the sync's scope. Only a scope with conditions needs their records for that. */
    private Count count(Sync sync, Sizes sizes) {
        if (sizes.newcomers() == 0) {
            return new Count(0, 0);
        }
        if (sync.scope().isOpen()) {
            int served = fleet.ownedNewcomers(
                    sync.name(), sync.celona().customerId(), sync.mdm().isAheadOfEnrolment());
            return new Count(sizes.newcomers() - served, served);
        }
        int[] count = {0, 0};
        all(sync).forEach(newcomer -> {
            if (sync.scope().leavesOut(newcomer.mdm(), newcomer.eid()).isEmpty()) {
                count[newcomer.owned() ? 1 : 0]++;
            }
        });
        return new Count(count[0], count[1]);
    }

    /** The decisions about no devices. */
    Decisions none() {
        return new Decisions(0, digest(sha256()), Map.of());
    }

    /**
     * Decides about all of them without changing anything.
     *
     * @param goesOn called between pages of devices
     */
    Decisions look(Sync sync, Runnable goesOn) {
        return decide(sync, inPages(all(sync), goesOn), (newcomer, decision) -> {});
    }

    /**
     * Decides about all of them, and applies the decisions.
     *
     * @param run the run of the admitted devices
     * @param guard the guard that holds back the admissible ones
     * @param goesOn called between pages of devices
     */
    Decisions enter(Sync sync, long run, Optional<Decision> guard, Runnable goesOn) {
        return decide(
                sync,
                inPages(all(sync), goesOn),
                (newcomer, decision) ->
                        enter(sync, run, newcomer, decision.code() == null ? guard.orElse(decision) : decision));
    }

    /** Decides about some of them, and applies the decisions. */
    Decisions enter(Sync sync, long run, Collection<Eid> eids) {
        return decide(
                sync,
                fleet.newcomers(sync.name(), sync.celona().customerId(), eids),
                (newcomer, decision) -> enter(sync, run, newcomer, decision));
    }

    private Decisions decide(Sync sync, Stream<Newcomer> newcomers, Entry entry) {
        Admission admission = new Admission(sync, rules);
        MessageDigest digest = sha256();
        Map<String, Integer> held = new TreeMap<>();
        int[] admitted = {0};
        newcomers.forEach(newcomer -> {
            Decision decision = admission.of(newcomer.mdm(), newcomer.eid(), newcomer.owned());
            ReasonCode code = decision.code();
            if (code == null) {
                admitted[0]++;
                digest.update(
                        (newcomer.eid().value() + " " + decision.given() + "\n").getBytes(StandardCharsets.UTF_8));
            } else {
                held.merge(code.name(), 1, Integer::sum);
            }
            entry.take(newcomer, decision);
        });
        return new Decisions(admitted[0], digest(digest), held);
    }

    private interface Entry {
        void take(Newcomer newcomer, Decision decision);
    }

    private void enter(Sync sync, long run, Newcomer newcomer, Decision decision) {
        String customer = sync.celona().customerId();
        ReasonCode code = decision.code();
        if (code == null) {
            Iccid given = decision.given();
            if (given != null) {
                claims.granted(sync, given);
            }
            transitions.admit(sync.name(), customer, newcomer.eid(), newcomer.isNew(), run, given);
        } else if (!isNoneOfOurs(sync, code) || !newcomer.isNew()) {
            transitions.holdBack(sync.name(), customer, newcomer.eid(), newcomer.isNew(), run, code, decision.reason());
        }
    }

    /** Never in scope, or with its MDM's sync already. */
    private static boolean isNoneOfOurs(Sync sync, ReasonCode code) {
        return code == ReasonCode.OUT_OF_SCOPE
                || (code == ReasonCode.OWNED_BY_OTHER_SYNC && sync.mdm().isAheadOfEnrolment());
    }

    private static Stream<Newcomer> inPages(Stream<Newcomer> all, Runnable goesOn) {
        int[] passed = {0};
        return all.peek(newcomer -> {
            if (++passed[0] % PAGE == 0) {
                goesOn.run();
            }
        });
    }

    private Stream<Newcomer> all(Sync sync) {
        return fleet.newcomers(
                sync.name(), sync.celona().customerId(), sync.mdm().isAheadOfEnrolment());
    }

    private static String digest(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java platform has SHA-256", e);
        }
    }
}
