package io.celonamdm.recovery;

import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.esim.Step;
import io.celonamdm.ledger.Audit;
import io.celonamdm.ledger.InDoubt;
import io.celonamdm.ledger.InDoubt.Doubtful;
import io.celonamdm.sync.Sync;
import java.time.Clock;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Handles answers to an assign-eid that arrive after the call counted as unanswered. */
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
     * @param entry the journal entry of the call
     * @param address the download address of the eSIMs; null if the answer named no valid one
     * @return the number of devices whose doubt ends
     */
    public int take(Sync sync, long entry, String requestId, @Nullable SmdpAddress address) {
        int taken = 0;
        for (Doubtful device : inDoubt.of(sync.name(), entry)) {
            if (inDoubt.decide(
                    device,
                    Step.AWAIT,
                    requestId,
                    null,
                    address,
                    clock.instant().plus(sync.celona().poll().deadline()))) {
                audit.note(
                        Audit.CONNECTOR,
                        sync.name(),
                        device.eid(),
                        "late-answer",
                        "Celona's answer came late",
                        "journal entry %d, request %s".formatted(entry, requestId));
                taken++;
            }
        }
        if (taken > 0) {
            inDoubt.allowAssigning(sync.name());
        }
        return taken;
    }

    /**
     * Ends the doubt about devices of a call that turned out to have had no effect: they return to ASSIGN, and the
     * caller decides how they continue. A decision by a person or the inventory stands.
     *
     * @param entry the journal entry of the call
     * @param why Celona's answer, or why the call was not sent
     * @return the ledger's ids of the devices whose doubt ends
     */
    public Set<Long> withdraw(Sync sync, long entry, String why) {
        Set<Long> withdrawn = new TreeSet<>();
        for (Doubtful device : inDoubt.of(sync.name(), entry)) {
            if (inDoubt.decide(device, Step.ASSIGN, null, null, null, null)) {
                audit.note(
                        Audit.CONNECTOR,
                        sync.name(),
                        device.eid(),
                        "late-refusal",
                        "it came late that nothing was done",
                        "journal entry %d: %s".formatted(entry, why));
                withdrawn.add(device.id());
            }
        }
        return withdrawn;
    }
}
