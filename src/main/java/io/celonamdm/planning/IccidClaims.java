package io.celonamdm.planning;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.InvalidValue;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.ledger.inventory.IccidHolders;
import io.celonamdm.ledger.inventory.IccidHolders.Holder;
import io.celonamdm.sync.Sync;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /**
     * Checks the eSIMs that Celona says it has assigned: each fits one device, and a device that must get a certain one
     * gets no other.
     *
     * @param assigned the ICCIDs, by device
     * @return the refused ones, by device
     */
    public Map<Device, Claim> refused(Sync sync, Map<Device, Iccid> assigned) {
        Map<Eid, Iccid> byEid = new HashMap<>();
        Map<String, List<Eid>> bySpelling = new HashMap<>();
        assigned.forEach((device, iccid) -> {
            byEid.put(device.eid(), iccid);
            iccid.spellings()
                    .forEach(spelling -> bySpelling
                            .computeIfAbsent(spelling, any -> new ArrayList<>())
                            .add(device.eid()));
        });
        Map<Eid, Holder> held = holders.assigned(sync.celona().customerId(), byEid);
        Map<Device, Claim> refused = new LinkedHashMap<>();
        assigned.forEach((device, iccid) -> {
            Iccid given = device.givenIccid();
            List<Eid> named = bySpelling.getOrDefault(iccid.value(), List.of());
            Optional<String> other = Optional.ofNullable(held.get(device.eid()))
                    .map(holder -> describe(sync, holder))
                    .or(() -> named.stream()
                            .filter(eid -> !eid.equals(device.eid()))
                            .map(IccidClaims::describe)
                            .findFirst());
            if (other.isPresent()) {
                refused.put(
                        device,
                        Claim.refused(
                                ReasonCode.ICCID_SHARED,
                                "Celona names ICCID %s for this device and for %s, and one eSIM fits one device"
                                        .formatted(iccid.value(), other.get())));
            } else if (given != null && !given.sameAs(iccid)) {
                refused.put(
                        device,
                        Claim.refused(
                                ReasonCode.ICCID_NOT_AS_GIVEN,
                                "Celona assigned ICCID %s to this device, which must get %s"
                                        .formatted(iccid.value(), given.value())));
            }
        });
        return refused;
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
        return describe(holder.eid()) + (holder.sync().equals(sync.name()) ? "" : " of sync " + holder.sync());
    }

    private static String describe(Eid eid) {
        return "EID " + eid.value();
    }
}
