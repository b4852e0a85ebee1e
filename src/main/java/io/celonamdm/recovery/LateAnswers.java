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

/** Answers of Celona to an assign-eid that was taken for unanswered before they came. */
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
     * Has the outcome asked for by the request id, for the devices of the call that are still in doubt; those that a
     * person has decided about, or the inventory, keep that decision.
     *
     * @param entry the journal entry of the call
     * @param address where the devices download their eSIMs; null if the answer named no allowed form of one
     * @return for how many devices the doubt ends
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
     * Ends the doubt about devices of a call of which it is known by now that it did nothing: they are at ASSIGN again,
     * and how they go on is for the caller to say. Those that a person has decided about, or the inventory, keep that
     * decision.
     *
     * @param entry the journal entry of the call
     * @param why what Celona said to it, or why it was not sent
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
