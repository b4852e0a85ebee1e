package io.celonamdm.operations;

import io.celonamdm.preflight.Preflight;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.stereotype.Component;

/**
 * Looks at what syncs need: {@code POST /actuator/preflight} for all, {@code POST /actuator/preflight/{sync}} for one. It
 * changes nothing, and is no GET all the same: it calls vendors, which a viewer may not have done.
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

    // actuator takes a parameter as optional by this annotation of Spring's
    @WriteOperation
    WebEndpointResponse<Object> all(@Nullable String reason) {
        return Answers.orRefused(() -> reports(syncs.all(), reason));
    }

    @WriteOperation
    WebEndpointResponse<Object> one(@Selector String sync, @Nullable String reason) {
        Sync known = syncs.find(sync).orElse(null);
        return known == null ? Answers.noSync(syncs, sync) : Answers.orRefused(() -> reports(List.of(known), reason));
    }

    private WebEndpointResponse<Object> reports(Collection<Sync> wanted, @Nullable String reason) {
        return new WebEndpointResponse<>(preflight.of(wanted, Refusal.reason(reason)));
    }
}
