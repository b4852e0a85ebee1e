package io.celonamdm.operations;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.InvalidValue;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.Step;
import io.celonamdm.ledger.Audit;
import io.celonamdm.ledger.DeviceState;
import io.celonamdm.ledger.DeviceStates;
import io.celonamdm.ledger.DeviceStates.Filter;
import io.celonamdm.ledger.Place;
import io.celonamdm.ledger.Traces;
import io.celonamdm.sync.DeviceAction;
import io.celonamdm.sync.DeviceActions;
import io.celonamdm.sync.Syncs;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/**
 * The devices of a sync: {@code GET /actuator/devices/{sync}?place=&step=&code=&limit=&after=}, and {@code GET} and
 * {@code POST /actuator/devices/{sync}/{eid}}.
 */
@Component
@Endpoint(id = "devices")
class DevicesEndpoint {
    /** What a person writes to say that an eSIM may be given to another device. */
    static final String CONFIRMATION = "deactivated and deleted";

    private static final int USUAL = 100;
    private static final int MOST = 10_000;

    private final Syncs syncs;
    private final DeviceStates states;
    private final Traces traces;
    private final Audit audit;
    private final DeviceActions actions;

    DevicesEndpoint(Syncs syncs, DeviceStates states, Traces traces, Audit audit, DeviceActions actions) {
        this.syncs = syncs;
        this.states = states;
        this.traces = traces;
        this.audit = audit;
        this.actions = actions;
    }

    /**
     * Some devices of a sync.
     *
     * @param devices the devices, in the order of their EIDs
     * @param after the EID with which the next page is asked for; null on the last one
     */
    record Page(List<DeviceState> devices, @Nullable String after) {}

    // actuator takes a parameter as optional by this annotation of Spring's
    @ReadOperation
    WebEndpointResponse<Object> page(
            @Selector String sync,
            @Nullable String place,
            @Nullable String step,
            @Nullable String code,
            @Nullable Integer limit,
            @Nullable String after) {
        if (syncs.find(sync).isEmpty()) {
            return Answers.noSync(syncs, sync);
        }
        Filter filter = new Filter(
                Words.read(Place.class, place).orElse(null),
                Words.read(Step.class, step).orElse(null),
                Words.read(ReasonCode.class, code).orElse(null));
        if (place != null && filter.place() == null) {
            return Answers.badRequest("no place is named %s; there are %s".formatted(place, List.of(Place.values())));
        }
        if (step != null && filter.step() == null) {
            return Answers.badRequest("no step is named %s; there are %s".formatted(step, List.of(Step.values())));
        }
        if (code != null && filter.code() == null) {
            return Answers.badRequest("no reason has the code " + code);
        }
        int rows = Words.limit(limit, USUAL, MOST);
        List<DeviceState> devices = states.page(sync, filter, after == null ? "" : after, rows);
        boolean more = devices.size() == rows;
        return new WebEndpointResponse<>(
                new Page(devices, more ? devices.get(rows - 1).eid() : null));
    }

    @ReadOperation
    WebEndpointResponse<Object> one(@Selector String sync, @Selector String eid) {
        return withDevice(sync, eid, device -> new WebEndpointResponse<>(view(device)));
    }

    @WriteOperation
    WebEndpointResponse<Object> act(
            @Selector String sync,
            @Selector String eid,
            String action,
            @Nullable String reason,
            @Nullable String confirm) {
        DeviceAction wanted = DeviceAction.of(action).orElse(null);
        if (wanted == null) {
            return Answers.badRequest("the action is one of %s, not %s"
                    .formatted(
                            Arrays.stream(DeviceAction.values())
                                    .map(DeviceAction::word)
                                    .toList(),
                            action));
        }
        if (reason == null || reason.isBlank()) {
            return Answers.noReason();
        }
        if (wanted == DeviceAction.RETIRE && !CONFIRMATION.equals(confirm)) {
            return Answers.badRequest(
                    "deactivate the eSIM at Celona, delete it on the device, and confirm it by \"confirm\": \"%s\""
                            .formatted(CONFIRMATION));
        }
        return withDevice(sync, eid, device -> {
            String refusal = actions.take(wanted, device, reason.strip());
            return refusal == null
                    ? Answers.accepted(actions.now(device))
                    : Answers.conflict("%s is not possible: %s".formatted(wanted.word(), refusal));
        });
    }

    private WebEndpointResponse<Object> withDevice(
            String sync, String eid, Function<DeviceState, WebEndpointResponse<Object>> answer) {
        if (syncs.find(sync).isEmpty()) {
            return Answers.noSync(syncs, sync);
        }
        String digits;
        try {
            digits = Eid.of(eid).value();
        } catch (InvalidValue e) {
            return Answers.badRequest(String.valueOf(e.getMessage()));
        }
        return states.find(sync, digits)
                .map(answer)
                .orElseGet(() -> Answers.notFound(
                        ("sync %s has no device with the EID %s; its latest plan has not seen it, or left it out with a"
                                        + " finding of its run; GET /actuator/devices/%s lists the devices that it has")
                                .formatted(sync, digits, sync)));
    }

    private DeviceView view(DeviceState device) {
        String sync = device.sync();
        String eid = device.eid();
        return new DeviceView(
                device, traces.drift(sync, eid), traces.calls(sync, eid), traces.deadLetters(sync, eid), audit.of(eid));
    }
}
