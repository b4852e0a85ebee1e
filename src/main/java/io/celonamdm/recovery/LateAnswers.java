package io.celonamdm.recovery;

import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.esim.Step;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Audit;
import io.celonamdm.ledger.device.InDoubt;
import io.celonamdm.ledger.device.InDoubt.Doubtful;
import io.celonamdm.sync.Sync;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Handles answers to an assign-eid that arrive after the call counted as unanswered. They end the doubt about a device
 * wherever it is: another sync may have taken it over since.
 */
@Component
@Transactional
public class LateAnswers {
    private final InDoubt inDoubt;
    private final Audit audit;
    private final Clock clock;

    LateAnswers(InDoubt inDoubt, Audit audit, Clock clock) {
        this.inDoubt = inDoubt;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Polls the outcome by the request id for the devices of the call that are still in doubt. A decision by a person
     * or the inventory stands.
     *
     * @param sync the sync that made the call
     * @param entry the journal entry of the call
     * @param address the download address of the eSIMs; null if the answer named no valid one
     * @return the number of devices whose doubt ends
     */
    public int take(Sync sync, long entry, String requestId, @Nullable SmdpAddress address) {
        Set<SyncName> owners = new HashSet<>();
        int taken = 0;
        for (Doubtful device : inDoubt.of(entry)) {
            if (inDoubt.decide(
                    device,
                    Step.AWAIT,
                    requestId,
                    null,
                    address,
                    clock.instant().plus(sync.celona().poll().deadline()))) {
                audit.note(
                        Audit.CONNECTOR,
                        device.sync(),
                        device.eid(),
                        "late-answer",
                        "Celona's answer came late",
                        "journal entry %d, request %s".formatted(entry, requestId));
                owners.add(device.sync());
                taken++;
            }
        }
        if (taken > 0) {
            owners.add(sync.name());
            owners.forEach(inDoubt::allowAssigning);
        }
        return taken;
    }

    /**
     * Ends the doubt about devices of a call that turned out to have had no effect: they return to ASSIGN, and the
     * caller decides how those of its sync continue. A decision by a person or the inventory stands.
     *
     * @param sync the sync that made the call
     * @param entry the journal entry of the call
     * @param why Celona's answer, or why the call was not sent
     * @return the ledger's ids of the sync's devices whose doubt ends; those of another one are due there
     */
    public Set<Long> withdraw(Sync sync, long entry, String why) {
        Set<Long> withdrawn = new TreeSet<>();
        for (Doubtful device : inDoubt.of(entry)) {
            if (inDoubt.decide(device, Step.ASSIGN, null, null, null, null)) {
                audit.note(
                        Audit.CONNECTOR,
                        device.sync(),
                        device.eid(),
                        "late-refusal",
                        "it came late that nothing was done",
                        "journal entry %d: %s".formatted(entry, why));
                if (device.sync().equals(sync.name())) {
                    withdrawn.add(device.id());
                }
            }
        }
        return withdrawn;
    }
}
