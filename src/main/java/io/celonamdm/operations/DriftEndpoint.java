package io.celonamdm.operations;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.Drifts;
import io.celonamdm.sync.Syncs;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
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

    // actuator takes a parameter as optional by this annotation of Spring's
    @ReadOperation
    WebEndpointResponse<Object> list(@Selector String sync, @Nullable String code, @Nullable Integer limit) {
        if (syncs.find(sync).isEmpty()) {
            return Answers.noSync(syncs, sync);
        }
        Optional<ReasonCode> wanted = Words.read(ReasonCode.class, code);
        if (code != null && wanted.isEmpty()) {
            return Answers.badRequest("no reason has the code " + code);
        }
        return new WebEndpointResponse<>(drifts.list(sync, wanted.orElse(null), Words.limit(limit, USUAL, MOST)));
    }
}
