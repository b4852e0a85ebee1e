package io.celonamdm.operations;

import io.celonamdm.control.Reason;
import io.celonamdm.preflight.Preflight;
import io.celonamdm.preflight.PreflightReport;
import io.celonamdm.sync.Syncs;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.stereotype.Component;

/**
 * Checks what syncs need: {@code POST /actuator/preflight} for all, {@code POST /actuator/preflight/{sync}} for one. It
 * changes nothing, but is not a GET: it calls vendors, which viewers may not do.
 */
@Component
@Endpoint(id = "preflight")
class PreflightEndpoint {
    private final Syncs syncs;
    private final Preflight preflight;

    PreflightEndpoint(Syncs syncs, Preflight preflight) {
        this.syncs = syncs;
        this.preflight = preflight;
    }

    // actuator treats @Nullable parameters as optional
    @WriteOperation
    List<PreflightReport> all(@Nullable String reason) {
        return preflight.of(syncs.all(), Reason.required(reason));
    }

    @WriteOperation
    List<PreflightReport> one(@Selector String sync, @Nullable String reason) {
        return preflight.of(List.of(RequestParameters.sync(syncs, sync)), Reason.required(reason));
    }
}
