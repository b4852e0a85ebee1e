package io.celonamdm.operations;

import io.celonamdm.esim.InvalidValue;
import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.ledger.DoubtFacts;
import io.celonamdm.ledger.InDoubt;
import io.celonamdm.ledger.InDoubt.Doubtful;
import io.celonamdm.sync.OnDemand;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.Decisions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shows what is in doubt, and takes a person's decision about it. */
@Component
public class DoubtActions {
    private static final Set<String> ACTIONS = Set.of("adopt", "release", "probe", "give-up");
    private static final Set<String> TAKES_BACK = Set.of("adopt", "release");

    private final InDoubt inDoubt;
    private final DoubtFacts facts;
    private final Decisions decisions;
    private final OnDemand onDemand;

    DoubtActions(InDoubt inDoubt, DoubtFacts facts, Decisions decisions, OnDemand onDemand) {
        this.inDoubt = inDoubt;
        this.facts = facts;
        this.decisions = decisions;
        this.onDemand = onDemand;
    }

    /** The calls of a sync whose outcome nobody knows, the earliest first. */
    public List<DoubtView> list(Sync sync) {
        Map<Long, DoubtView> entries = new LinkedHashMap<>();
        for (Doubtful device : inDoubt.list(sync.name())) {
            entries.computeIfAbsent(device.entry(), entry -> new DoubtView(entry, device.sentAt(), new ArrayList<>()))
                    .devices()
                    .add(new DoubtView.Doubtful(
                            device.eid(),
                            device.name(),
                            device.code(),
                            device.reason(),
                            device.mdm().iccids(),
                            device.probedAt(),
                            device.inventories(),
                            device.mdm().inventoryAt()));
        }
        return List.copyOf(entries.values());
    }

    /**
     * Decides about all devices of a journal entry that are still in doubt; {@code adopt} and {@code release} also about those
     * that were given up.
     *
     * @param action {@code adopt}, {@code release}, {@code probe} or {@code give-up}
     * @param requestId what {@code adopt} needs; null for the one that the ledger knows
     * @param address the SM-DP+ address; null for the one that Celona named last for the customer
     * @param reason why, for the audit
     * @return about how many devices it was decided
     * @throws Refusal if nothing of the entry is in doubt, or something that the action needs is missing
     */
    public int decide(
            Sync sync, long entry, String action, @Nullable String requestId, @Nullable String address, String reason) {
        String wanted = action.toLowerCase(Locale.ROOT);
        if (!ACTIONS.contains(wanted)) {
            throw Refusal.badRequest("the action is adopt, release, probe or give-up, not " + action);
        }
        List<Doubtful> devices = new ArrayList<>(inDoubt.of(sync.name(), entry));
        if (TAKES_BACK.contains(wanted)) {
            devices.addAll(inDoubt.givenUp(sync.name()).stream()
                    .filter(device -> device.entry() == entry)
                    .toList());
        }
        if (devices.isEmpty()) {
            throw Refusal.conflict("nothing of journal entry %d is in doubt; GET /actuator/indoubt/%s lists what is"
                    .formatted(entry, sync.name()));
        }
        return decide(sync, devices, wanted, requestId, address, Refusal.reason(reason));
    }

    /**
     * Takes back that dead letters were given up.
     *
     * @param action {@code adopt} or {@code release}
     * @param eids whose they are; null for all
     * @param requestId Celona's id of the assignment, for {@code adopt}; null for the one that the ledger knows
     * @param address as in {@link #decide(Sync, long, String, String, String, String)}
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
        List<Doubtful> devices = inDoubt.givenUp(sync.name()).stream()
                .filter(device -> eids == null || eids.contains(device.eid()))
                .toList();
        if (devices.isEmpty()) {
            throw Refusal.conflict("none of these is a dead letter GIVEN_UP, and nothing was changed");
        }
        return decide(sync, devices, action, requestId, address, Refusal.reason(reason));
    }

    private int decide(
            Sync sync,
            List<Doubtful> devices,
            String action,
            @Nullable String requestId,
            @Nullable String address,
            String why) {
        int decided = switch (action) {
            case "adopt" -> decisions.adopt(sync, devices, request(devices, requestId), smdp(sync, address), why);
            case "release" -> decisions.release(sync, devices, why);
            case "probe" -> decisions.probe(sync, devices, smdp(sync, address), why);
            default -> decisions.giveUp(sync, devices, why);
        };
        onDemand.wake(sync);
        return decided;
    }

    /** One request is one assign-eid, so that one id is never taken for the devices of several. */
    private String request(List<Doubtful> devices, @Nullable String requestId) {
        List<Long> entries = devices.stream().map(Doubtful::entry).distinct().toList();
        if (entries.size() > 1) {
            throw Refusal.conflict(
                    "these devices were sent in journal entries %s, each of which has a request of its own; adopt one at a time"
                            .formatted(entries));
        }
        if (requestId != null && !requestId.isBlank()) {
            return requestId.strip();
        }
        return Optional.ofNullable(devices.get(0).requestId())
                .or(() -> facts.lateRequest(entries.get(0)))
                .orElseThrow(
                        () -> Refusal.badRequest("adopt needs the requestId that Celona shows for the assignment"));
    }

    private SmdpAddress smdp(Sync sync, @Nullable String address) {
        try {
            return address == null
                    ? facts.knownAddress(sync.celona().customerId())
                            .orElseThrow(() -> Refusal.badRequest(
                                    "no SM-DP+ address of this customer is known yet; send it as address"))
                    : SmdpAddress.of(address);
        } catch (InvalidValue e) {
            throw Refusal.badRequest(String.valueOf(e.getMessage()));
        }
    }
}
