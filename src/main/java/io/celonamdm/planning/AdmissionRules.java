package io.celonamdm.planning;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.InvalidValue;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.planning.IccidClaims.Claim;
import io.celonamdm.sync.Sync;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Decides whether a sync may serve a device, by its scope, EID, groups and required eSIM. It is asked when the device
 * is planned, and again right before its eSIM is assigned.
 */
@Component
public class AdmissionRules {
    /** The reason for holding back a device without a group. */
    public static final String NO_GROUP = "no rule of device-groups matches, and default-group is hold";

    private final IccidClaims claims;

    AdmissionRules(IccidClaims claims) {
        this.claims = claims;
    }

    /**
     * What was decided about a device.
     *
     * @param code why it is not served; null if it is
     * @param reason the same in words
     * @param given the eSIM that it must get; null leaves it to Celona
     */
    public record Decision(
            @Nullable ReasonCode code,
            String reason,
            @Nullable Iccid given) {

        static Decision held(ReasonCode code, String reason) {
            return new Decision(code, reason, null);
        }

        static Decision of(Claim claim) {
            return new Decision(claim.code(), claim.reason(), claim.iccid());
        }
    }

    /** Decides about a device that is the sync's own. */
    public Decision of(Sync sync, MdmDevice device, Eid eid) {
        return of(sync, device, eid, false);
    }

    /** Decides about a device that another sync may own. */
    Decision of(Sync sync, MdmDevice device, Eid eid, boolean ownedByOther) {
        Optional<String> leftOut = sync.scope().leavesOut(device, eid);
        if (leftOut.isPresent()) {
            return Decision.held(ReasonCode.OUT_OF_SCOPE, leftOut.get());
        }
        try {
            Eid.of(eid.value());
        } catch (InvalidValue e) {
            // from an older version's ledger, which accepted it as an EID
            return Decision.held(e.code(), String.valueOf(e.getMessage()));
        }
        if (ownedByOther) {
            return Decision.held(
                    ReasonCode.OWNED_BY_OTHER_SYNC, "another sync of the same Celona customer serves this EID");
        }
        if (sync.groups().of(device).isEmpty()) {
            return Decision.held(ReasonCode.NO_GROUP, NO_GROUP);
        }
        return Decision.of(claims.of(sync, device, eid));
    }
}
