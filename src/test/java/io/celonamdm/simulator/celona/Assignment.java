package io.celonamdm.simulator.celona;

import io.celonamdm.simulator.web.Json;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a row of assign-eid.
 *
 * @param eid the device
 * @param iccid its eSIM, empty if it got none
 * @param name its name
 * @param status the word in eid-status once it is processed
 * @param readyAt when it is processed
 */
record Assignment(String eid, String iccid, String name, String status, Instant readyAt) {

    Optional<Map<String, @Nullable Object>> config(Instant now, BeforeSuccess before) {
        if (!now.isBefore(readyAt)) {
            return Optional.of(config(iccid, status));
        }
        return before == BeforeSuccess.OMITTED ? Optional.empty() : Optional.of(config("", "PENDING"));
    }

    private Map<String, @Nullable Object> config(String shownIccid, String shownStatus) {
        return Json.object("eid", eid, "iccid", shownIccid, "name", name, "status", shownStatus);
    }
}
