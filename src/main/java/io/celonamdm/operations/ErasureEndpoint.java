package io.celonamdm.operations;

import io.celonamdm.control.ErasureControl;
import io.celonamdm.ledger.retention.Stored;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.stereotype.Component;

/**
 * What the ledger has of a device or a person, {@code GET /actuator/erasure?eid=} or {@code ?person=}, and its erasure,
 * {@code POST}.
 */
@Component
@Endpoint(id = "erasure")
class ErasureEndpoint {
    private final ErasureControl control;

    ErasureEndpoint(ErasureControl control) {
        this.control = control;
    }

    /**
     * What is stored.
     *
     * @param erasable how many of the devices can be erased now
     * @param devices the devices
     */
    record Found(int erasable, List<Stored> devices) {}

    /**
     * What was erased.
     *
     * @param erased how many devices
     * @param left the devices that are still stored, with what prevents their erasure or is left of them
     */
    record Erased(int erased, List<Stored> left) {}

    // actuator treats @Nullable parameters as optional
    @ReadOperation
    Found find(@Nullable String eid, @Nullable String person) {
        List<Stored> found = control.find(eid, person);
        return new Found(ErasureControl.erasable(found), found);
    }

    @WriteOperation
    Erased erase(@Nullable String eid, @Nullable String person, @Nullable Integer count, @Nullable String reason) {
        int erased = control.erase(eid, person, count, reason);
        return new Erased(erased, control.find(eid, person));
    }
}
