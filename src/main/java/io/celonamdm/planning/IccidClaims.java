package io.celonamdm.planning;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.InvalidValue;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.inventory.IccidHolders;
import io.celonamdm.ledger.inventory.IccidHolders.Holder;
import io.celonamdm.sync.Sync;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Decides which eSIM a device must get, and whether it is free: an ICCID has one holder per Celona customer. */
@Component
public class IccidClaims {
    private final IccidHolders holders;

    IccidClaims(IccidHolders holders) {
        this.holders = holders;
    }

    /**
     * The outcome of a device's claim.
     *
     * @param iccid the granted eSIM; null lets Celona choose
     * @param code why the claim is refused; null if it is granted
     * @param reason the same in words
     */
    public record Claim(@Nullable Iccid iccid, @Nullable ReasonCode code, String reason) {
        static Claim refused(ReasonCode code, String reason) {
            return new Claim(null, code, reason);
        }

        static Claim inUse(Iccid iccid, String holder) {
            return refused(
                    ReasonCode.ICCID_IN_USE,
                    "given ICCID %s is held by %s; retire that device, or give another ICCID"
                            .formatted(iccid.value(), holder));
        }
    }

    /** Checks a device's claim against all other devices in the ledger. */
    public Claim of(Sync sync, MdmDevice device, Eid eid) {
        try {
            Optional<Iccid> given = sync.iccids().of(device);
            if (given.isEmpty()) {
                return new Claim(null, null, "");
            }
            Optional<Holder> holder =
                    holders.otherThan(sync.name(), eid, sync.celona().customerId(), given.get());
            return holder.map(other -> Claim.inUse(given.get(), describe(sync, other)))
                    .orElseGet(() -> new Claim(given.get(), null, ""));
        } catch (InvalidValue e) {
            return Claim.refused(e.code(), String.valueOf(e.getMessage()));
        }
    }

    /** Frees the ICCID of a granted claim from retired devices. */
    public void granted(Sync sync, Iccid iccid) {
        holders.release(sync.celona().customerId(), iccid);
    }

    /** Records a claim that was granted to a device in the ledger. */
    public void grant(Sync sync, long device, @Nullable Iccid iccid) {
        if (iccid != null) {
            granted(sync, iccid);
        }
        holders.give(device, iccid);
    }

    private static String describe(Sync sync, Holder holder) {
        return "EID " + holder.eid().value() + (holder.sync().equals(sync.name()) ? "" : " of sync " + holder.sync());
    }
}
