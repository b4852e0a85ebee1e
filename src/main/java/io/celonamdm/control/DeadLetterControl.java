package io.celonamdm.control;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.InvalidValue;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.device.Redrives;
import io.celonamdm.ledger.device.Redrives.Open;
import io.celonamdm.recovery.Redriver;
import io.celonamdm.schedule.SyncTrigger;
import io.celonamdm.sync.Sync;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Redrives the dead letters that a person names, and triggers their sync. */
@Component
public class DeadLetterControl {
    private final Redrives redrives;
    private final Redriver redriver;
    private final DeviceControl devices;
    private final SyncTrigger trigger;

    DeadLetterControl(Redrives redrives, Redriver redriver, DeviceControl devices, SyncTrigger trigger) {
        this.redrives = redrives;
        this.redriver = redriver;
        this.devices = devices;
        this.trigger = trigger;
    }

    /**
     * Redrives dead letters.
     *
     * @param code the code that they must have; null for any
     * @param eids their devices; null for all but those that must be named
     * @param reason why, for the audit
     * @return how many were redriven
     * @throws RequestRejected if the reason is missing, an EID is invalid, or a redrive could assign a second eSIM
     */
    public int redrive(
            Sync sync, @Nullable ReasonCode code, @Nullable Collection<String> eids, @Nullable String reason) {
        String why = Reason.required(reason);
        if (eids == null && code == null) {
            return redrive(sync, all(sync, null), why);
        }
        List<Open> named = eids == null
                ? all(sync, code)
                : redrives.open(sync.name(), Eids.of(DeadLetterAction.REDRIVE, eids)).stream()
                        .filter(letter -> code == null || letter.code() == code)
                        .toList();
        List<Open> givenUp = named.stream().filter(Redriver::mustBeReleased).toList();
        if (!givenUp.isEmpty()) {
            throw RequestRejected.conflict(
                    "%d of these were given up while nobody knew whether Celona had assigned them an eSIM, %s among them. A redrive would post assign-eid again, and if Celona has processed the first one, each gets a second eSIM: adopt them by the request id that Celona shows, or release them if Celona certainly has no eSIM for them. Nothing was redriven"
                            .formatted(givenUp.size(), givenUp.get(0).eid()));
        }
        return redrive(sync, named, why);
    }

    /** How many dead letters a redrive that names no device would take; a null code stands for any. */
    public int count(Sync sync, @Nullable ReasonCode code) {
        return all(sync, code).size();
    }

    /** All with the code; without one, all but those that must be named. */
    private List<Open> all(Sync sync, @Nullable ReasonCode code) {
        return redrives.open(sync.name(), code).stream()
                .filter(letter -> code != null || Redriver.mayGoUnnamed(letter))
                .toList();
    }

    private int redrive(Sync sync, List<Open> letters, String reason) {
        int redriven = redriver.asked(sync, letters, reason);
        if (redriven > 0) {
            trigger.wake(sync);
        }
        return redriven;
    }

    /**
     * The result of a corrected export.
     *
     * @param sync the sync
     * @param redriven how many of its rows were redriven
     * @param confirmed how many of its rows confirm that the device has its eSIM, and were accepted
     * @param notRead the unreadable rows, each with its line
     * @param notTaken the EIDs whose confirmation was rejected, each with the reason
     */
    public record Imported(SyncName sync, int redriven, int confirmed, List<String> notRead, List<String> notTaken) {}

    /**
     * Redrives the rows of a corrected export, except those that must be named, and accepts a person's word for those
     * that are confirmed.
     *
     * @param csv the file
     * @param reason why, for the audit
     * @throws RequestRejected if the reason is missing, or nothing in the file is readable
     */
    public Imported importCsv(Sync sync, @Nullable String csv, @Nullable String reason) {
        String why = Reason.required(reason);
        DeadLetterCsv.Mended mended = read(csv);
        List<Open> letters = redrives.open(sync.name(), mended.eids()).stream()
                .filter(Redriver::mayGoUnnamed)
                .toList();
        int redriven = redrive(sync, letters, why);
        List<String> notTaken = new ArrayList<>();
        for (Eid eid : mended.confirmed()) {
            try {
                devices.take(DeviceAction.CONFIRM, sync, eid.value(), why, null);
            } catch (RequestRejected e) {
                notTaken.add(eid + ": " + e.text());
            }
        }
        int confirmed = mended.confirmed().size() - notTaken.size();
        return new Imported(sync.name(), redriven, confirmed, mended.faults(), notTaken);
    }

    private static DeadLetterCsv.Mended read(@Nullable String csv) {
        if (csv == null) {
            throw RequestRejected.invalid("import needs the corrected file as csv");
        }
        try {
            return DeadLetterCsv.read(csv);
        } catch (InvalidValue e) {
            throw RequestRejected.invalid(String.valueOf(e.getMessage()));
        }
    }
}
