package io.celonamdm.operations;

import io.celonamdm.planning.Preview;
import io.celonamdm.settings.check.InvalidSettingsException;
import io.celonamdm.settings.source.TriedRules;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.stereotype.Component;

/**
 * Shows what rules do with real devices: {@code GET /actuator/preview/{sync}?limit=&q=} with the sync's own rules,
 * {@code POST} with others. Neither writes anything.
 */
@Component
@Endpoint(id = "preview")
class PreviewEndpoint {
    private static final int USUAL = 50;
    private static final int MOST = 1000;

    private final Syncs syncs;
    private final TriedRules triedRules;
    private final Preview preview;

    PreviewEndpoint(Syncs syncs, TriedRules triedRules, Preview preview) {
        this.syncs = syncs;
        this.triedRules = triedRules;
        this.preview = preview;
    }

    // actuator treats @Nullable parameters as optional
    @ReadOperation
    WebEndpointResponse<Object> own(@Selector String sync, @Nullable Integer limit, @Nullable String q) {
        return of(RequestParameters.sync(syncs, sync), limit, q);
    }

    // actuator accepts no nested JSON in a body, so the rules come as the text of the settings
    @WriteOperation
    WebEndpointResponse<Object> tried(
            @Selector String sync, String rules, @Nullable Integer limit, @Nullable String q) {
        RequestParameters.sync(syncs, sync);
        try {
            return of(Sync.of(sync, triedRules.read(sync, rules)), limit, q);
        } catch (InvalidSettingsException e) {
            return new WebEndpointResponse<>(
                    Map.of("error", "the rules cannot be used", "problems", e.problems()), 400);
        }
    }

    private WebEndpointResponse<Object> of(Sync sync, @Nullable Integer limit, @Nullable String q) {
        int rows = limit == null ? USUAL : Math.max(0, Math.min(limit, MOST));
        return new WebEndpointResponse<>(preview.of(sync, rows, q == null ? "" : q));
    }
}
