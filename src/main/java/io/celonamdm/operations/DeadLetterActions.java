package io.celonamdm.operations;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.InvalidValue;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.recovery.Redriver;
import io.celonamdm.sync.OnDemand;
import io.celonamdm.sync.Sync;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Redrives the dead letters that a person names, and has their sync take them up at once. */
@Component
public class DeadLetterActions {
    private final Redriver redriver;
    private final OnDemand onDemand;

    DeadLetterActions(Redriver redriver, OnDemand onDemand) {
        this.redriver = redriver;
        this.onDemand = onDemand;
    }

    /**
     * Redrives dead letters.
     *
     * @param code the code that they must have; null for any
     * @param eids whose they are; null for all but those that must be named
     * @param reason why, for the audit
     * @return how many were redriven
     * @throws Refusal if an EID is none; nothing is redriven then
     */
    public int redrive(Sync sync, @Nullable ReasonCode code, @Nullable Collection<String> eids, String reason) {
        if (eids == null) {
            return woken(sync, code == null ? redriver.all(sync, reason) : redriver.byCode(sync, code, reason));
        }
        Set<String> named = new LinkedHashSet<>();
        for (String eid : eids) {
            try {
                named.add(Eid.of(eid).value());
            } catch (InvalidValue e) {
                throw Refusal.badRequest(e.getMessage() + "; nothing was redriven");
            }
        }
        return woken(sync, redriver.named(sync, named, code, reason));
    }

    /**
     * Redrives the rows of a mended export.
     *
     * @return how many were redriven
     * @throws Refusal if the file cannot be read; nothing is redriven then
     */
    public int redriveRows(Sync sync, String csv, String reason) {
        try {
            return woken(sync, redriver.rows(sync, DeadLetterCsv.read(csv), reason));
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
