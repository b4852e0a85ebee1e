package io.celonamdm.operations;

import io.celonamdm.control.Action;
import io.celonamdm.control.DoubtAction;
import io.celonamdm.control.DoubtControl;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.stereotype.Component;

/** What is in doubt: {@code GET /actuator/indoubt/{sync}}, decided by {@code POST /actuator/indoubt/{sync}/{entry}}. */
@Component
@Endpoint(id = "indoubt")
class InDoubtEndpoint {
    private final Syncs syncs;
    private final DoubtViews views;
    private final DoubtControl control;

    InDoubtEndpoint(Syncs syncs, DoubtViews views, DoubtControl control) {
        this.syncs = syncs;
        this.views = views;
        this.control = control;
    }

    @ReadOperation
    List<DoubtView> list(@Selector String sync) {
        return views.of(RequestParameters.sync(syncs, sync));
    }

    // actuator treats @Nullable parameters as optional
    @WriteOperation
    Map<String, Object> decide(
            @Selector String sync,
            @Selector long entry,
            String action,
            @Nullable String requestId,
            @Nullable String address,
            @Nullable String reason) {
        Sync known = RequestParameters.sync(syncs, sync);
        DoubtAction decision = Action.of(DoubtAction.class, action);
        int decided = control.decide(decision, known, entry, requestId, address, reason);
        return Map.of("sync", sync, "entry", entry, "decided", decided);
    }
}
