package io.celonamdm.operations;

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

/** What is in doubt: {@code GET /actuator/indoubt/{sync}}, decided by {@code POST /actuator/indoubt/{sync}/{entry}}. */
@Component
@Endpoint(id = "indoubt")
class InDoubtEndpoint {
    private final Syncs syncs;
    private final DoubtActions doubts;

    InDoubtEndpoint(Syncs syncs, DoubtActions doubts) {
        this.syncs = syncs;
        this.doubts = doubts;
    }

    @ReadOperation
    WebEndpointResponse<Object> list(@Selector String sync) {
        return Answers.orRefused(() -> new WebEndpointResponse<>(doubts.list(known(sync))));
    }

    // actuator takes a parameter as optional by this annotation of Spring's
    @WriteOperation
    WebEndpointResponse<Object> decide(
            @Selector String sync,
            @Selector long entry,
            String action,
            @Nullable String requestId,
            @Nullable String address,
            @Nullable String reason) {
        return Answers.orRefused(() -> {
            int count = doubts.decide(known(sync), entry, action, requestId, address, Answers.reason(reason));
            return new WebEndpointResponse<>(Map.of("sync", sync, "entry", entry, "decided", count));
        });
    }

    private Sync known(String sync) {
        return syncs.find(sync).orElseThrow(() -> Refusal.notFound(syncs.unknown(sync)));
    }
}
