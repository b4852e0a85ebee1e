package io.celonamdm.operations;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.InvalidValue;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.Step;
import io.celonamdm.ledger.DeviceState;
import io.celonamdm.ledger.DeviceStates;
import io.celonamdm.ledger.DeviceStates.Filter;
import io.celonamdm.ledger.Place;
import io.celonamdm.sync.DeviceAction;
import io.celonamdm.sync.Syncs;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.stereotype.Component;

/**
 * The devices of a sync: {@code GET /actuator/devices/{sync}?place=&step=&code=&limit=&after=}, and {@code GET} and
 * {@code POST /actuator/devices/{sync}/{eid}}.
 */
@Component
@Endpoint(id = "devices")
class DevicesEndpoint {
    private static final int USUAL = 100;
    private static final int MOST = 10_000;

    private final Syncs syncs;
    private final DeviceStates states;
    private final DeviceRequests requests;

    DevicesEndpoint(Syncs syncs, DeviceStates states, DeviceRequests requests) {
        this.syncs = syncs;
        this.states = states;
        this.requests = requests;
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
        return withDevice(sync, eid, device -> new WebEndpointResponse<>(requests.view(device)));
    }

    @WriteOperation
    WebEndpointResponse<Object> act(
            @Selector String sync,
            @Selector String eid,
            String action,
            @Nullable String reason,
            @Nullable String confirm) {
        return Answers.orRefused(() -> {
            DeviceAction wanted = DeviceRequests.wanted(action, reason, confirm);
            return withDevice(sync, eid, device -> Answers.accepted(requests.take(wanted, device, reason)));
        });
    }

    private WebEndpointResponse<Object> withDevice(
            String sync, String eid, Function<DeviceState, WebEndpointResponse<Object>> answer) {
        if (syncs.find(sync).isEmpty()) {
            return Answers.noSync(syncs, sync);
        }
        String digits;
        try {
            digits = Eid.named(eid).value();
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
}
