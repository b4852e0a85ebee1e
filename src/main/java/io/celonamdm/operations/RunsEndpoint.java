package io.celonamdm.operations;

import io.celonamdm.control.RequestRejected;
import io.celonamdm.control.SyncControl;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.stereotype.Component;

/** The runs: {@code GET /actuator/runs?sync=&limit=} and {@code GET} and {@code POST /actuator/runs/{id}}. */
@Component
@Endpoint(id = "runs")
class RunsEndpoint {
    private static final int USUAL = 20;
    private static final int MOST = 500;

    private final RunViews views;
    private final SyncControl control;

    RunsEndpoint(RunViews views, SyncControl control) {
        this.views = views;
        this.control = control;
    }

    // actuator treats @Nullable parameters as optional
    @ReadOperation
    List<RunView> all(@Nullable String sync, @Nullable Integer limit) {
        return views.history(sync, RequestParameters.limit(limit, USUAL, MOST));
    }

    @ReadOperation
    RunView one(@Selector long id) {
        return views.find(id).orElseThrow(() -> RequestRejected.notFound("no run has the id " + id));
    }

    @WriteOperation
    WebEndpointResponse<RunView> act(@Selector long id, String action, @Nullable String reason) {
        if (!"cancel".equalsIgnoreCase(action)) {
            throw RequestRejected.invalid("the action is cancel, not " + action);
        }
        control.cancel(id, reason);
        return new WebEndpointResponse<>(one(id), 202);
    }
}
