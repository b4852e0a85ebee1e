package io.celonamdm.control;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.InvalidValue;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.esim.Step;
import io.celonamdm.ledger.database.Audit;
import io.celonamdm.ledger.device.DoubtFacts;
import io.celonamdm.ledger.device.InDoubt;
import io.celonamdm.ledger.device.InDoubt.Doubtful;
import io.celonamdm.schedule.SyncTrigger;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.DeviceCompletion;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Carries out a person's decisions about devices in doubt, and about those that were given up. */
@Component
public class DoubtControl {
    private final InDoubt inDoubt;
    private final DoubtFacts facts;
    private final DeviceCompletion completion;
    private final Audit audit;
    private final SyncTrigger trigger;
    private final TransactionOperations transaction;
    private final Clock clock;

    DoubtControl(
            InDoubt inDoubt,
            DoubtFacts facts,
            DeviceCompletion completion,
            Audit audit,
            SyncTrigger trigger,
            TransactionOperations transaction,
            Clock clock) {
        this.inDoubt = inDoubt;
        this.facts = facts;
        this.completion = completion;
        this.audit = audit;
        this.trigger = trigger;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Decides about all devices of a journal entry that are still in doubt; {@link DoubtAction#ADOPT} and {@link
     * DoubtAction#RELEASE} also cover those that were given up.
     *
     * @param requestId Celona's id of the assignment to adopt; null for the one in the ledger
     * @param address the SM-DP+ address; null for the one that Celona named last for the customer
     * @param reason why, for the audit
     * @return how many devices were decided
     * @throws RequestRejected if nothing of the entry is in doubt, or something required is missing
     */
    public int decide(
            DoubtAction action,
            Sync sync,
            long entry,
            @Nullable String requestId,
            @Nullable String address,
            @Nullable String reason) {
        String why = Reason.required(reason);
        List<Doubtful> devices = new ArrayList<>(inDoubt.of(sync.name(), entry));
        if (action.takesBack()) {
            devices.addAll(inDoubt.givenUp(sync.name()).stream()
                    .filter(device -> device.entry() == entry)
                    .toList());
        }
        if (devices.isEmpty()) {
            throw RequestRejected.conflict(
                    "nothing of journal entry %d is in doubt; GET /actuator/indoubt/%s lists what is"
                            .formatted(entry, sync.name()));
        }
        return decide(action, sync, devices, requestId, address, why);
    }

    /**
     * Takes back the decision to give up devices in doubt.
     *
     * @param action {@link DoubtAction#ADOPT} or {@link DoubtAction#RELEASE}
     * @param eids the devices of the dead letters; null for all that were given up
     * @param requestId as in {@link #decide(DoubtAction, Sync, long, String, String, String)}
     * @param address the same
     * @param reason why, for the audit
     * @return how many devices continue
     * @throws RequestRejected if none of them was given up, or something required is missing
     */
    public int takeBack(
            DoubtAction action,
            Sync sync,
            @Nullable Collection<String> eids,
            @Nullable String requestId,
            @Nullable String address,
            @Nullable String reason) {
        String why = Reason.required(reason);
        Collection<Eid> named = eids == null ? null : Eids.of(action, eids);
        List<Doubtful> devices = inDoubt.givenUp(sync.name()).stream()
                .filter(device -> named == null || named.contains(device.eid()))
                .toList();
        if (devices.isEmpty()) {
            throw RequestRejected.conflict(
                    "none of these is a dead letter GIVEN_UP; %s changed nothing".formatted(action.word()));
        }
        return decide(action, sync, devices, requestId, address, why);
    }

    private int decide(
            DoubtAction action,
            Sync sync,
            List<Doubtful> devices,
            @Nullable String requestId,
            @Nullable String address,
            String reason) {
        Predicate<Doubtful> decision = decision(action, sync, devices, requestId, address, reason);
        List<Doubtful> decided = new ArrayList<>();
        transaction.executeWithoutResult(status -> {
            for (Doubtful device : devices) {
                if (decision.test(device)) {
                    String entry = "journal entry " + device.entry();
                    audit.note(Audit.OPERATOR, sync.name(), device.eid(), action.word(), reason, entry);
                    decided.add(device);
                }
            }
            inDoubt.allowAssigning(sync.name());
        });
        trigger.wake(sync);
        return decided.size();
    }

    /** The change to each device; returns whether the device was still in doubt. */
    private Predicate<Doubtful> decision(
            DoubtAction action,
            Sync sync,
            List<Doubtful> devices,
            @Nullable String requestId,
            @Nullable String address,
            String reason) {
        return switch (action) {
            case ADOPT -> {
                String request = request(devices, requestId);
                SmdpAddress smdp = smdp(sync, address);
                yield device -> inDoubt.decide(
                        device,
                        Step.AWAIT,
                        request,
                        null,
                        smdp,
                        clock.instant().plus(sync.celona().poll().deadline()));
            }
            case RELEASE -> device -> inDoubt.decide(device, Step.ASSIGN, null, null, null, null);
            case PROBE -> {
                SmdpAddress smdp = smdp(sync, address);
                yield device -> inDoubt.decide(device, Step.PUSH, device.requestId(), null, smdp, null);
            }
            case GIVE_UP -> device -> giveUp(sync, device, reason);
        };
    }

    private boolean giveUp(Sync sync, Doubtful device, String reason) {
        boolean doubtful = inDoubt.isStill(device);
        if (doubtful) {
            completion.dead(sync, List.of(device.id()), ReasonCode.GIVEN_UP, device.code() + ": " + reason, null);
        }
        return doubtful;
    }

    /** One request is one assign-eid, so one id must not be used for the devices of several. */
    private String request(List<Doubtful> devices, @Nullable String requestId) {
        List<Long> entries = devices.stream().map(Doubtful::entry).distinct().toList();
        if (entries.size() > 1) {
            throw RequestRejected.conflict(
                    "these devices were sent in journal entries %s, each of which has a request of its own; adopt one at a time"
                            .formatted(entries));
        }
        if (requestId != null && !requestId.isBlank()) {
            return requestId.strip();
        }
        return Optional.ofNullable(devices.get(0).requestId())
                .or(() -> facts.lateRequest(entries.get(0)))
                .orElseThrow(() ->
                        RequestRejected.invalid("adopt needs the requestId that Celona shows for the assignment"));
    }

    private SmdpAddress smdp(Sync sync, @Nullable String address) {
        if (address == null) {
            return facts.knownAddress(sync.celona().customerId())
                    .orElseThrow(() -> RequestRejected.invalid(
                            "no SM-DP+ address of this customer is known yet; send it as address"));
        }
        try {
            return SmdpAddress.of(address);
        } catch (InvalidValue e) {
            throw RequestRejected.invalid(String.valueOf(e.getMessage()));
        }
    }
}
