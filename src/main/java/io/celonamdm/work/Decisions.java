package io.celonamdm.work;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.esim.Step;
import io.celonamdm.ledger.Audit;
import io.celonamdm.ledger.InDoubt;
import io.celonamdm.ledger.InDoubt.Doubtful;
import io.celonamdm.sync.Sync;
import java.time.Clock;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What a person decides about devices in doubt, and about those that were given up; each decision is audited. */
@Component
@Transactional
public class Decisions {
    private final InDoubt inDoubt;
    private final DeviceCompletion completion;
    private final Audit audit;
    private final Clock clock;

    Decisions(InDoubt inDoubt, DeviceCompletion completion, Audit audit, Clock clock) {
        this.inDoubt = inDoubt;
        this.completion = completion;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Celona has processed the call: its outcome is asked for by the request id that Celona shows for it. That also takes
     * back that devices were given up.
     *
     * @param devices devices in doubt, or given up
     * @param address where the devices download their eSIMs
     * @return how many devices go on
     */
    public int adopt(Sync sync, List<Doubtful> devices, String requestId, SmdpAddress address, String reason) {
        return decide(
                sync,
                devices,
                "adopt",
                reason,
                device -> inDoubt.decide(
                        device,
                        Step.AWAIT,
                        requestId,
                        null,
                        address,
                        clock.instant().plus(sync.celona().poll().deadline())));
    }

    /** Celona has not processed the call, in which the devices were: it is made again. Returns how many devices go on. */
    public int release(Sync sync, List<Doubtful> devices, String reason) {
        return decide(
                sync,
                devices,
                "release",
                reason,
                device -> inDoubt.decide(device, Step.ASSIGN, null, null, null, null));
    }

    /** The phone is told to fetch an eSIM, in case one is there for it; nothing is assigned. */
    public int probe(Sync sync, List<Doubtful> devices, SmdpAddress address, String reason) {
        return decide(
                sync,
                devices,
                "probe",
                reason,
                device -> inDoubt.decide(device, Step.PUSH, device.requestId(), null, address, null));
    }

    /** The devices become dead letters. Returns how many. */
    public int giveUp(Sync sync, List<Doubtful> devices, String reason) {
        return decide(sync, devices, "give-up", reason, device -> {
            completion.dead(sync, List.of(device.id()), ReasonCode.GIVEN_UP, device.code() + ": " + reason, null);
            return true;
        });
    }

    private int decide(Sync sync, List<Doubtful> devices, String action, String reason, Predicate<Doubtful> decision) {
        int decided = 0;
        for (Doubtful device : devices) {
            if (decision.test(device)) {
                String entry = "journal entry " + device.entry();
                audit.note(Audit.OPERATOR, sync.name(), device.eid(), action, reason, entry);
                decided++;
            }
        }
        inDoubt.allowAssigning(sync.name());
        return decided;
    }
}
