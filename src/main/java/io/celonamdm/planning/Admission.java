package io.celonamdm.planning;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Iccid;
import io.celonamdm.planning.AdmissionRules.Decision;
import io.celonamdm.planning.IccidClaims.Claim;
import io.celonamdm.sync.Sync;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Decides in order of EID whether each device may be admitted. Guards are applied elsewhere. */
final class Admission {
    private final Sync sync;
    private final AdmissionRules rules;
    private final Map<String, Eid> claimed = new HashMap<>();

    Admission(Sync sync, AdmissionRules rules) {
        this.sync = sync;
        this.rules = rules;
    }

    /** Decides about a device; a requested eSIM then counts as taken for the following devices. */
    Decision of(MdmDevice device, Eid eid, boolean ownedByOther) {
        Decision decision = rules.of(sync, device, eid, ownedByOther);
        Iccid given = decision.given();
        if (given == null) {
            return decision;
        }
        Optional<Eid> earlier = given.spellings().stream()
                .flatMap(each -> Optional.ofNullable(claimed.get(each)).stream())
                .findFirst();
        if (earlier.isPresent()) {
            return Decision.of(Claim.inUse(given, "EID " + earlier.get().value()));
        }
        claimed.put(given.value(), eid);
        return decision;
    }
}
