package io.celonamdm.operations;

import io.celonamdm.sync.Syncs;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.stereotype.Component;

/** Shows the private-network profile of a sync, and sends it nowhere: {@code GET /actuator/profile/{sync}}. */
@Component
@Endpoint(id = "profile")
class ProfileEndpoint {
    private final Syncs syncs;

    ProfileEndpoint(Syncs syncs) {
        this.syncs = syncs;
    }

    @ReadOperation
    ProfilePreview preview(@Selector String sync) {
        return ProfilePreview.of(RequestParameters.sync(syncs, sync));
    }
}
