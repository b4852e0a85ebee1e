package io.celonamdm.operations;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.InvalidValue;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.recovery.Redriver;
import io.celonamdm.sync.DeviceAction;
import io.celonamdm.sync.DeviceActions;
import io.celonamdm.sync.OnDemand;
import io.celonamdm.sync.Sync;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Redrives the dead letters that a person names, and has their sync take them up at once. */
@Component
public class DeadLetterActions {
    private final Redriver redriver;
    private final DoubtActions doubts;
    private final DeviceActions devices;
    private final OnDemand onDemand;

    DeadLetterActions(Redriver redriver, DoubtActions doubts, DeviceActions devices, OnDemand onDemand) {
        this.redriver = redriver;
        this.doubts = doubts;
        this.devices = devices;
        this.onDemand = onDemand;
    }

    /**
     * Redrives dead letters.
     *
     * @param code the code that they must have; null for any
     * @param eids whose they are; null for all but those that must be named
     * @param reason why, for the audit
     * @return how many were redriven
     * @throws Refusal if an EID is none, or a redrive could assign a second eSIM; nothing is redriven then
     */
    public int redrive(Sync sync, @Nullable ReasonCode code, @Nullable Collection<String> eids, String reason) {
        List<String> given = redriver.mustBeReleased(sync, code, eids == null ? null : named(eids));
        if (!given.isEmpty() && (eids != null || code != null)) {
            throw Refusal.conflict(
                    "%d of these were given up while nobody knew whether Celona had assigned them an eSIM, %s among them. A redrive would post assign-eid again, and if Celona has processed the first one, each gets a second eSIM: adopt them by the request id that Celona shows, or release them if Celona certainly has no eSIM for them. Nothing was redriven"
                            .formatted(given.size(), given.get(0)));
        }
        if (eids == null) {
            return woken(sync, code == null ? redriver.all(sync, reason) : redriver.byCode(sync, code, reason));
        }
        return woken(sync, redriver.named(sync, named(eids), code, reason));
    }

    /**
     * Takes back that devices in doubt were given up.
     *
     * @param action {@code adopt} or {@code release}
     * @param eids whose dead letters they are; null for all that were given up
     * @param requestId Celona's id of the assignment, for {@code adopt}; null for the one that the ledger knows
     * @param address the SM-DP+ address; null for the one that Celona named last for the customer
     * @param reason why, for the audit
     * @return how many devices go on
     * @throws Refusal if none of them was given up, or something that the action needs is missing
     */
    public int takeBack(
            Sync sync,
            String action,
            @Nullable Collection<String> eids,
            @Nullable String requestId,
            @Nullable String address,
            String reason) {
        return doubts.takeBack(sync, action, eids == null ? null : named(eids), requestId, address, reason);
    }

    private static Set<String> named(Collection<String> eids) {
        Set<String> named = new LinkedHashSet<>();
        for (String eid : eids) {
            try {
                named.add(Eid.named(eid).value());
            } catch (InvalidValue e) {
                throw Refusal.badRequest(e.getMessage() + "; nothing was redriven");
            }
        }
        return named;
    }

    /**
     * What became of a mended export.
     *
     * @param sync the sync
     * @param redriven how many of its rows were redriven
     * @param confirmed how many of its rows say that the device has its eSIM, and were taken
     * @param notRead the rows that cannot be read, each with its line
     * @param notTaken the EIDs of confirmed devices whose eSIM is not waited for, each with why
     */
    public record Imported(String sync, int redriven, int confirmed, List<String> notRead, List<String> notTaken) {}

    /**
     * Redrives the rows of a mended export, and takes a person's word for those that are confirmed.
     *
     * @throws Refusal if none of it can be read; nothing is redriven then
     */
    public Imported redriveRows(Sync sync, String csv, String reason) {
        try {
            DeadLetterCsv.Mended mended = DeadLetterCsv.read(csv);
            int redriven = woken(sync, redriver.rows(sync, mended.eids(), reason));
            List<String> notTaken = new ArrayList<>();
            for (String eid : mended.confirmed()) {
                String refusal = devices.take(DeviceAction.CONFIRM, sync, eid, reason);
                if (refusal != null) {
                    notTaken.add(eid + ": " + refusal);
                }
            }
            int confirmed = mended.confirmed().size() - notTaken.size();
            return new Imported(sync.name(), redriven, confirmed, mended.faults(), notTaken);
        } catch (InvalidValue e) {
            throw Refusal.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private int woken(Sync sync, int redriven) {
        if (redriven > 0) {
            onDemand.wake(sync);
        }
        return redriven;
    }
}
