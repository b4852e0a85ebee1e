package io.celonamdm.operations;

import io.celonamdm.esim.InvalidValue;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.ledger.InDoubt;
import io.celonamdm.ledger.InDoubt.Doubtful;
import io.celonamdm.sync.OnDemand;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import io.celonamdm.work.Decisions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/** What is in doubt: {@code GET /actuator/indoubt/{sync}}, decided by {@code POST /actuator/indoubt/{sync}/{entry}}. */
@Component
@Endpoint(id = "indoubt")
class InDoubtEndpoint {
    private static final Set<String> ACTIONS = Set.of("adopt", "release", "probe", "give-up");

    private final Syncs syncs;
    private final InDoubt inDoubt;
    private final Decisions decisions;
    private final OnDemand onDemand;

    InDoubtEndpoint(Syncs syncs, InDoubt inDoubt, Decisions decisions, OnDemand onDemand) {
        this.syncs = syncs;
        this.inDoubt = inDoubt;
        this.decisions = decisions;
        this.onDemand = onDemand;
    }

    /**
     * A call whose outcome nobody knows.
     *
     * @param entry the journal entry, by which it is decided
     * @param sentAt when it was about to be sent
     * @param devices the devices that were in it and are still in doubt
     */
    record EntryView(long entry, Instant sentAt, List<DeviceView> devices) {}

    /**
     * A device in doubt.
     *
     * @param eid the eSIM chip
     * @param name the name that was sent
     * @param code why it is in doubt
     * @param reason the same in words
     * @param iccidsShown the ICCIDs that the inventory shows on the EID, of any carrier
     */
    record DeviceView(
            String eid,
            @org.jspecify.annotations.Nullable String name,
            ReasonCode code,
            String reason,
            List<String> iccidsShown) {}

    @ReadOperation
    WebEndpointResponse<Object> list(@Selector String sync) {
        if (syncs.find(sync).isEmpty()) {
            return Answers.noSync(syncs, sync);
        }
        Map<Long, EntryView> entries = new LinkedHashMap<>();
        for (Doubtful device : inDoubt.list(sync)) {
            entries.computeIfAbsent(device.entry(), entry -> new EntryView(entry, device.sentAt(), new ArrayList<>()))
                    .devices()
                    .add(new DeviceView(
                            device.eid(),
                            device.name(),
                            device.code(),
                            device.reason(),
                            device.mdm().iccids()));
        }
        return new WebEndpointResponse<>(List.copyOf(entries.values()));
    }

    @WriteOperation
    WebEndpointResponse<Object> decide(
            @Selector String sync,
            @Selector long entry,
            String action,
            @Nullable String requestId,
            @Nullable String address,
            @Nullable String reason) {
        Sync known = syncs.find(sync).orElse(null);
        if (known == null) {
            return Answers.noSync(syncs, sync);
        }
        if (inDoubt.of(sync, entry).isEmpty()) {
            return Answers.conflict("nothing of journal entry %d is in doubt; GET /actuator/indoubt/%s lists what is"
                    .formatted(entry, sync));
        }
        String wanted = action.toLowerCase(Locale.ROOT);
        if (!ACTIONS.contains(wanted)) {
            return Answers.badRequest("the action is adopt, release, probe or give-up, not " + action);
        }
        String why = Answers.reason(reason);
        if (why.isEmpty()) {
            return Answers.noReason();
        }
        SmdpAddress smdp;
        try {
            smdp = address == null
                    ? inDoubt.knownAddress(known.celona().customerId()).orElse(null)
                    : SmdpAddress.of(address);
        } catch (InvalidValue e) {
            return Answers.badRequest(String.valueOf(e.getMessage()));
        }
        return switch (wanted) {
            case "adopt" -> adopt(known, entry, requestId, smdp, why);
            case "release" -> decided(known, entry, decisions.release(known, entry, why));
            case "probe" ->
                smdp == null ? noAddress() : decided(known, entry, decisions.probe(known, entry, smdp, why));
            default -> decided(known, entry, decisions.giveUp(known, entry, why));
        };
    }

    private WebEndpointResponse<Object> adopt(
            Sync sync, long entry, @Nullable String requestId, @Nullable SmdpAddress smdp, String reason) {
        if (requestId == null || requestId.isBlank()) {
            return Answers.badRequest("adopt needs the requestId that Celona shows for the assignment");
        }
        return smdp == null
                ? noAddress()
                : decided(sync, entry, decisions.adopt(sync, entry, requestId.strip(), smdp, reason));
    }

    private static WebEndpointResponse<Object> noAddress() {
        return Answers.badRequest("no SM-DP+ address of this customer is known yet; send it as address");
    }

    private WebEndpointResponse<Object> decided(Sync sync, long entry, int count) {
        onDemand.wake(sync);
        return new WebEndpointResponse<>(Map.of("sync", sync.name(), "entry", entry, "decided", count));
    }
}
