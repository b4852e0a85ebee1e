package io.celonamdm.operations;

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
    private final SyncActions actions;
    private final Preflight preflight;

    SyncsEndpoint(Syncs syncs, SyncViews views, SyncActions actions, Preflight preflight) {
        this.syncs = syncs;
        this.views = views;
        this.actions = actions;
        this.preflight = preflight;
    }

    @ReadOperation
    List<SyncView> all() {
        return syncs.all().stream().map(views::of).toList();
    }

    @ReadOperation
    WebEndpointResponse<Object> one(@Selector String name) {
        return syncs.find(name)
                .map(sync -> new WebEndpointResponse<Object>(views.of(sync)))
                .orElseGet(() -> Answers.noSync(syncs, name));
    }

    // actuator takes a parameter as optional by this annotation of Spring's
    @WriteOperation
    WebEndpointResponse<Object> act(
            @Selector String name,
            String action,
            @Nullable String reason,
            @Nullable Long plan,
            @Nullable Integer count) {
        Sync sync = syncs.find(name).orElse(null);
        if (sync == null) {
            return Answers.noSync(syncs, name);
        }
        if (action.equalsIgnoreCase(TEST_CONNECTION)) {
            return Answers.orRefused(
                    () -> new WebEndpointResponse<>(preflight.connections(sync, Refusal.reason(reason))));
        }
        SyncAction wanted = Words.read(SyncAction.class, action).orElse(null);
        if (wanted == null) {
            return Answers.badRequest("the action is one of %s or %s, not %s"
                    .formatted(Words.list(SyncAction.class), TEST_CONNECTION, action));
        }
        return Answers.orRefused(() -> {
            actions.take(wanted, sync, reason, plan, count);
            return Answers.accepted(views.of(sync));
        });
    }
}
