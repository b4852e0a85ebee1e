package io.celonamdm.operations;

import io.celonamdm.ledger.Audit;
import io.celonamdm.ledger.DeviceHistory;
import io.celonamdm.ledger.DeviceState;
import io.celonamdm.sync.DeviceAction;
import io.celonamdm.sync.DeviceActions;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shows all that is known of a device, and takes what a person asks for it. */
@Component
public class DeviceRequests {
    /** What a person writes to say that an eSIM may be given to another device. */
    public static final String CONFIRMATION = "deactivated and deleted";

    private final DeviceHistory history;
    private final Audit audit;
    private final DeviceActions actions;

    DeviceRequests(DeviceHistory history, Audit audit, DeviceActions actions) {
        this.history = history;
        this.audit = audit;
        this.actions = actions;
    }

    /** A device with its trace. */
    public DeviceView view(DeviceState device) {
        String sync = device.sync();
        String eid = device.eid();
        return new DeviceView(
                device,
                history.drift(sync, eid),
                history.calls(sync, eid),
                history.deadLetters(sync, eid),
                audit.of(eid));
    }

    /**
     * The action of a word, once all is there that it needs.
     *
     * @param reason why, for the audit
     * @param confirm {@link #CONFIRMATION} if a device is to be retired
     * @throws Refusal if there is no such action, or something that it needs is missing
     */
    public static DeviceAction wanted(String action, @Nullable String reason, @Nullable String confirm) {
        DeviceAction wanted = DeviceAction.of(action)
                .orElseThrow(() -> Refusal.badRequest("the action is one of %s, not %s"
                        .formatted(
                                Arrays.stream(DeviceAction.values())
                                        .map(DeviceAction::word)
                                        .toList(),
                                action)));
        Refusal.reason(reason);
        if (wanted == DeviceAction.RETIRE && !CONFIRMATION.equals(confirm)) {
            throw Refusal.badRequest(
                    "deactivate the eSIM at Celona, delete it on the device, and confirm it by \"confirm\": \"%s\""
                            .formatted(CONFIRMATION));
        }
        return wanted;
    }

    /**
     * Takes an action.
     *
     * @param reason why, for the audit
     * @return where the device stands now
     * @throws Refusal if it is not possible where the device stands
     */
    public DeviceState take(DeviceAction action, DeviceState device, @Nullable String reason) {
        String refusal = actions.take(action, device, Refusal.reason(reason));
        if (refusal != null) {
            throw Refusal.conflict("%s is not possible: %s".formatted(action.word(), refusal));
        }
        return actions.now(device);
    }
}
