package io.celonamdm.work;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.Step;
import io.celonamdm.ledger.device.DeadLetter;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.ledger.device.DeviceTransitions;
import io.celonamdm.sync.Sync;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.springframework.stereotype.Component;

/** Schedules the next attempt for a phone without its eSIM, at growing intervals until its deadline. */
@Component
class DownloadRetry {
    private final DeviceTransitions transitions;
    private final DeviceCompletion completion;
    private final Clock clock;
    private final RandomGenerator jitter;

    DownloadRetry(DeviceTransitions transitions, DeviceCompletion completion, Clock clock, RandomGenerator jitter) {
        this.transitions = transitions;
        this.completion = completion;
        this.clock = clock;
        this.jitter = jitter;
    }

    /** Whether a device keeps no run open: it was never pushed to, or has waited too long since its push. */
    static boolean isOver(Sync sync, Device device, Instant now) {
        Instant pushed = device.pushedAt();
        return pushed == null
                || now.isAfter(pushed.plus(sync.celona().provision().patience()));
    }

    /**
     * Schedules the step again, unless the device's deadline has passed.
     *
     * @return the dead letter, if the deadline has passed
     */
    List<DeadLetter> wait(Sync sync, Device device, Step step, ReasonCode code, String reason) {
        Instant now = clock.instant();
        if (device.deadlineAt() != null && now.isAfter(device.deadlineAt())) {
            return completion.dead(sync, device, code, reason + "; waited for until " + device.deadlineAt());
        }
        // a device whose eSIM the inventory has shown may never have been pushed to
        boolean waits = isOver(sync, device, now) && (device.pushedAt() != null || step == Step.ACTIVATE);
        again(sync, device, step, code, reason, waits);
        return List.of();
    }

    /**
     * Schedules the step again, regardless of the deadline.
     *
     * @param waits whether the device keeps no run open
     */
    void again(Sync sync, Device device, Step step, ReasonCode code, String reason, boolean waits) {
        Duration usual = sync.provision().jittered(device.attempts() + 1, jitter.nextDouble());
        Duration wait = code == ReasonCode.COMMAND_FAILED ? longer(usual, sinceFirstCommand(sync, device)) : usual;
        transitions.retry(List.of(device.id()), step, clock.instant().plus(wait), code, reason, waits);
    }

    /** Each new command starts the attempts over, so the time since the first one decides when the next one is sent. */
    private Duration sinceFirstCommand(Sync sync, Device device) {
        Instant pushed = device.pushedAt();
        Duration since = pushed == null ? Duration.ZERO : Duration.between(pushed, clock.instant());
        Duration most = sync.celona().provision().max();
        return since.compareTo(most) < 0 ? since : most;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}
