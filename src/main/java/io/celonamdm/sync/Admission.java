package io.celonamdm.sync;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.InvalidValue;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.sync.Claims.Claim;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides one by one, in the order of their EIDs, whether devices may be admitted; guards are not its matter. */
final class Admission {
    private final Sync sync;
    private final Claims claims;
    private final Map<String, Eid> claimed = new HashMap<>();

    Admission(Sync sync, Claims claims) {
        this.sync = sync;
        this.claims = claims;
    }

    /**
     * What was decided about a device.
     *
     * @param code why it is not admitted; null if it is
     * @param reason the same in words
     * @param given the eSIM that it must get; null leaves it to Celona
     */
    record Decision(
            @Nullable ReasonCode code,
            String reason,
            @Nullable Iccid given) {
        static Decision held(ReasonCode code, String reason) {
            return new Decision(code, reason, null);
        }
    }

    /** Decides about a device; an eSIM that it must get is taken for those that follow. */
    Decision of(MdmDevice device, Eid eid, boolean ownedByOther) {
        Optional<String> leftOut = sync.scope().leavesOut(device, eid);
        if (leftOut.isPresent()) {
            return Decision.held(ReasonCode.OUT_OF_SCOPE, leftOut.get());
        }
        try {
            Eid.of(eid.value());
        } catch (InvalidValue e) {
            // out of an older version's ledger, which has taken it for an EID
            return Decision.held(e.code(), String.valueOf(e.getMessage()));
        }
        if (ownedByOther) {
            return Decision.held(
                    ReasonCode.OWNED_BY_OTHER_SYNC, "another sync of the same Celona customer serves this EID");
        }
        if (sync.groups().of(device).isEmpty()) {
            return Decision.held(ReasonCode.NO_GROUP, "no rule of device-groups matches, and default-group is hold");
        }
        Claim claim = claims.of(sync, device, eid);
        Iccid iccid = claim.iccid();
        if (iccid != null) {
            Eid earlier = iccid.spellings().stream()
                    .flatMap(each -> Optional.ofNullable(claimed.get(each)).stream())
                    .findFirst()
                    .orElse(null);
            if (earlier != null) {
                claim = Claim.inUse(iccid, "EID " + earlier.value());
            } else {
                claimed.put(iccid.value(), eid);
            }
        }
        return new Decision(claim.code(), claim.reason(), claim.iccid());
    }
}
