package io.celonamdm.operations;

import io.celonamdm.ledger.inventory.Drift;
import io.celonamdm.ledger.inventory.Drifts;
import io.celonamdm.sync.Syncs;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.stereotype.Component;

/** The drift of a sync's devices from what was sent: {@code GET /actuator/drift/{sync}?code=&limit=}. */
@Component
@Endpoint(id = "drift")
class DriftEndpoint {
    private static final int USUAL = 1000;
    private static final int MOST = 100_000;

    private final Syncs syncs;
    private final Drifts drifts;

    DriftEndpoint(Syncs syncs, Drifts drifts) {
        this.syncs = syncs;
        this.drifts = drifts;
    }

    // actuator treats @Nullable parameters as optional
    @ReadOperation
    List<Drift> list(@Selector String sync, @Nullable String code, @Nullable Integer limit) {
        return drifts.list(
                RequestParameters.sync(syncs, sync).name(),
                RequestParameters.code(code),
                RequestParameters.limit(limit, USUAL, MOST));
    }
}
