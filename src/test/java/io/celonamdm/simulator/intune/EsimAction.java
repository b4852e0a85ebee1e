package io.celonamdm.simulator.intune;

import io.celonamdm.simulator.phone.PhoneAnswer;
import io.celonamdm.simulator.web.Json;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The action activateDeviceEsim sent to a device. */
public final class EsimAction {
    private final String carrierUrl;
    private final Instant start = Instant.now();
    private volatile String state = "pending";

    EsimAction(String carrierUrl) {
        this.carrierUrl = carrierUrl;
    }

    /** The address sent. */
    public String carrierUrl() {
        return carrierUrl;
    }

    /** When it was sent. */
    Instant start() {
        return start;
    }

    /** The state: pending, active, done, failed or notSupported. */
    public String state() {
        return state;
    }

    void answer(PhoneAnswer given) {
        state = switch (given.kind()) {
            case ACKNOWLEDGED -> "done";
            case NOT_NOW -> "active";
            case ERROR -> given.equals(PhoneAnswer.UNSUPPORTED) ? "notSupported" : "failed";
            case COMMAND_FORMAT_ERROR -> "failed";
        };
    }

    Map<String, @Nullable Object> json() {
        return Json.object(
                "@odata.type",
                "#microsoft.graph.activateDeviceEsimActionResult",
                "actionName",
                "activateDeviceEsim",
                "actionState",
                state,
                "startDateTime",
                start.toString(),
                "lastUpdatedDateTime",
                start.toString(),
                "carrierUrl",
                carrierUrl);
    }
}
