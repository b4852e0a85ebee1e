package io.celonamdm.operations;

import io.celonamdm.control.Action;
import io.celonamdm.control.DeviceAction;
import io.celonamdm.control.DeviceControl;
import io.celonamdm.esim.Place;
import io.celonamdm.esim.Position;
import io.celonamdm.ledger.device.DeviceState;
import io.celonamdm.ledger.report.DeviceStates;
import io.celonamdm.ledger.report.DeviceStates.Filter;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import java.util.List;
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
    private final DeviceViews views;
    private final DeviceControl control;

    DevicesEndpoint(Syncs syncs, DeviceStates states, DeviceViews views, DeviceControl control) {
        this.syncs = syncs;
        this.states = states;
        this.views = views;
        this.control = control;
    }

    /**
     * Some devices of a sync.
     *
     * @param devices the devices, in the order of their EIDs
     * @param after the EID to ask for the next page with; null on the last one
     */
    record Page(List<DeviceState> devices, @Nullable String after) {}

    // actuator treats @Nullable parameters as optional
    @ReadOperation
    Page page(
            @Selector String sync,
            @Nullable String place,
            @Nullable String step,
            @Nullable String code,
            @Nullable Integer limit,
            @Nullable String after) {
        Sync known = RequestParameters.sync(syncs, sync);
        Filter filter = new Filter(
                RequestParameters.oneOf(List.of(Place.values()), "place", place),
                RequestParameters.oneOf(Position.SHOWN_STEPS, "step", step),
                RequestParameters.code(code));
        int rows = RequestParameters.limit(limit, USUAL, MOST);
        List<DeviceState> devices = states.page(known.name(), filter, after == null ? "" : after, rows);
        boolean more = devices.size() == rows;
        return new Page(devices, more ? devices.get(rows - 1).eid().value() : null);
    }

    @ReadOperation
    DeviceView one(@Selector String sync, @Selector String eid) {
        return views.of(control.find(RequestParameters.sync(syncs, sync), eid));
    }

    @WriteOperation
    WebEndpointResponse<DeviceState> act(
            @Selector String sync,
            @Selector String eid,
            String action,
            @Nullable String reason,
            @Nullable String confirm) {
        DeviceAction wanted = Action.of(DeviceAction.class, action);
        Sync known = RequestParameters.sync(syncs, sync);
        return new WebEndpointResponse<>(control.take(wanted, known, eid, reason, confirm), 202);
    }
}
