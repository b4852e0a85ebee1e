package io.celonamdm.operations;

import io.celonamdm.control.Action;
import io.celonamdm.control.Reason;
import io.celonamdm.control.SyncAction;
import io.celonamdm.control.SyncControl;
import io.celonamdm.preflight.Preflight;
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

/** The syncs: {@code GET /actuator/syncs}, {@code GET} and {@code POST /actuator/syncs/{name}}. */
@Component
@Endpoint(id = "syncs")
class SyncsEndpoint {
    private static final String TEST_CONNECTION = "test-connection";

    private final Syncs syncs;
    private final SyncViews views;
    private final SyncControl control;
    private final Preflight preflight;

    SyncsEndpoint(Syncs syncs, SyncViews views, SyncControl control, Preflight preflight) {
        this.syncs = syncs;
        this.views = views;
        this.control = control;
        this.preflight = preflight;
    }

    @ReadOperation
    List<SyncView> all() {
        return syncs.all().stream().map(views::of).toList();
    }

    @ReadOperation
    SyncView one(@Selector String name) {
        return views.of(RequestParameters.sync(syncs, name));
    }

    // actuator treats @Nullable parameters as optional
    @WriteOperation
    Object act(
            @Selector String name,
            String action,
            @Nullable String reason,
            @Nullable Long plan,
            @Nullable Integer count) {
        Sync sync = RequestParameters.sync(syncs, name);
        if (action.equalsIgnoreCase(TEST_CONNECTION)) {
            return preflight.connections(sync, Reason.required(reason));
        }
        control.take(Action.of(SyncAction.class, action, TEST_CONNECTION), sync, reason, plan, count);
        return new WebEndpointResponse<>(views.of(sync), 202);
    }
}
