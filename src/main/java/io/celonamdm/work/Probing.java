package io.celonamdm.work;

import io.celonamdm.device.PushOutcome;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.Step;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.ledger.device.DeviceFacts;
import io.celonamdm.ledger.device.DeviceTransitions;
import io.celonamdm.sync.Sync;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The push to a device in doubt, whose eSIM is unknown. It does no harm if nothing was assigned. One command is enough:
 * the inventory shows later whether it worked, so nothing waits for the phone's answer.
 */
@Component
class Probing {
    /** After this many attempts, the device is left as it is. */
    private static final int ATTEMPTS = 10;

    private final DeviceTransitions transitions;
    private final DeviceFacts facts;
    private final DownloadRetry downloadRetry;
    private final Clock clock;

    Probing(DeviceTransitions transitions, DeviceFacts facts, DownloadRetry downloadRetry, Clock clock) {
        this.transitions = transitions;
        this.facts = facts;
        this.downloadRetry = downloadRetry;
        this.clock = clock;
    }

    /** Whether the device of a push is in doubt. */
    static boolean is(Device device) {
        return device.iccid() == null;
    }

    /** Returns the device to doubt, told or not, or schedules another attempt. */
    void settle(Sync sync, Device device, @Nullable PushOutcome outcome) {
        if (outcome instanceof PushOutcome.Again again && device.attempts() < ATTEMPTS) {
            downloadRetry.again(sync, device, Step.PUSH, ReasonCode.COMMAND_FAILED, again.reason(), false);
            return;
        }
        if (outcome instanceof PushOutcome.Sent
                || outcome instanceof PushOutcome.Acknowledged
                || outcome instanceof PushOutcome.Waiting) {
            facts.pushedTo(List.of(device));
            over(
                    device,
                    "the phone was told at %s to fetch an eSIM; if there is one, the inventory shows it after its next"
                            + " update");
            return;
        }
        String why = outcome instanceof PushOutcome.Failed failed
                ? failed.code() + ": " + failed.reason()
                : outcome instanceof PushOutcome.Again again
                        ? again.reason()
                        : "the platform answered nothing about it";
        over(device, "the phone could not be told at %s to fetch an eSIM: " + why.replace("%", "%%"));
    }

    private void over(Device device, String reason) {
        transitions.probed(List.of(device.id()), reason.formatted(clock.instant()));
    }
}
