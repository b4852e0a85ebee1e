package io.celonamdm.operations;

import io.celonamdm.esim.InvalidValue;
import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.ledger.InDoubt;
import io.celonamdm.sync.OnDemand;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.Decisions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shows what is in doubt, and takes a person's decision about it. */
@Component
public class DoubtActions {
    private static final Set<String> ACTIONS = Set.of("adopt", "release", "probe", "give-up");

    private final InDoubt inDoubt;
    private final Decisions decisions;
    private final OnDemand onDemand;

    DoubtActions(InDoubt inDoubt, Decisions decisions, OnDemand onDemand) {
        this.inDoubt = inDoubt;
        this.decisions = decisions;
        this.onDemand = onDemand;
    }

    /** The calls of a sync whose outcome nobody knows, the earliest first. */
    public List<DoubtView> list(Sync sync) {
        Map<Long, DoubtView> entries = new LinkedHashMap<>();
        for (InDoubt.Doubtful device : inDoubt.list(sync.name())) {
            entries.computeIfAbsent(device.entry(), entry -> new DoubtView(entry, device.sentAt(), new ArrayList<>()))
                    .devices()
                    .add(new DoubtView.Doubtful(
                            device.eid(),
                            device.name(),
                            device.code(),
                            device.reason(),
                            device.mdm().iccids()));
        }
        return List.copyOf(entries.values());
    }

    /**
     * Decides about all devices of a journal entry that are still in doubt.
     *
     * @param action {@code adopt}, {@code release}, {@code probe} or {@code give-up}
     * @param requestId what {@code adopt} needs
     * @param address the SM-DP+ address; null for the one that Celona named last for the customer
     * @param reason why, for the audit
     * @return about how many devices it was decided
     * @throws Refusal if nothing of the entry is in doubt, or something that the action needs is missing
     */
    public int decide(
            Sync sync, long entry, String action, @Nullable String requestId, @Nullable String address, String reason) {
        if (inDoubt.of(sync.name(), entry).isEmpty()) {
            throw Refusal.conflict("nothing of journal entry %d is in doubt; GET /actuator/indoubt/%s lists what is"
                    .formatted(entry, sync.name()));
        }
        String wanted = action.toLowerCase(Locale.ROOT);
        if (!ACTIONS.contains(wanted)) {
            throw Refusal.badRequest("the action is adopt, release, probe or give-up, not " + action);
        }
        String why = Refusal.reason(reason);
        int decided = switch (wanted) {
            case "adopt" -> decisions.adopt(sync, entry, given(requestId), smdp(sync, address), why);
            case "release" -> decisions.release(sync, entry, why);
            case "probe" -> decisions.probe(sync, entry, smdp(sync, address), why);
            default -> decisions.giveUp(sync, entry, why);
        };
        onDemand.wake(sync);
        return decided;
    }

    private static String given(@Nullable String requestId) {
        if (requestId == null || requestId.isBlank()) {
            throw Refusal.badRequest("adopt needs the requestId that Celona shows for the assignment");
        }
        return requestId.strip();
    }

    private SmdpAddress smdp(Sync sync, @Nullable String address) {
        try {
            return address == null
                    ? inDoubt.knownAddress(sync.celona().customerId())
                            .orElseThrow(() -> Refusal.badRequest(
                                    "no SM-DP+ address of this customer is known yet; send it as address"))
                    : SmdpAddress.of(address);
        } catch (InvalidValue e) {
            throw Refusal.badRequest(String.valueOf(e.getMessage()));
        }
    }
}
