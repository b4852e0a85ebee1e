package io.celonamdm.operations;

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
    private final SyncActions actions;

    RunsEndpoint(RunViews views, SyncActions actions) {
        this.views = views;
        this.actions = actions;
    }

    // actuator takes a parameter as optional by this annotation of Spring's
    @ReadOperation
    List<RunView> all(@Nullable String sync, @Nullable Integer limit) {
        return views.history(sync, Words.limit(limit, USUAL, MOST));
    }

    @ReadOperation
    WebEndpointResponse<Object> one(@Selector long id) {
        return views.find(id)
                .map(run -> new WebEndpointResponse<Object>(run))
                .orElseGet(() -> Answers.notFound("no run has the id " + id));
    }

    @WriteOperation
    WebEndpointResponse<Object> act(@Selector long id, String action, @Nullable String reason) {
        if (!"cancel".equalsIgnoreCase(action)) {
            return Answers.badRequest("the action is cancel, not " + action);
        }
        return Answers.orRefused(() -> {
            actions.cancel(id, reason);
            return Answers.accepted(views.find(id).orElseThrow());
        });
    }
}
