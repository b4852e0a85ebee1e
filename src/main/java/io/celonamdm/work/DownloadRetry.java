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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** The same for one device. */
    List<DeadLetter> wait(Sync sync, Device device, Step step, ReasonCode code, String reason) {
        return wait(sync, List.of(device), step, code, reason);
    }

    /**
     * Schedules the step of devices again, unless a device's deadline has passed. Those that have waited as often are due
     * together.
     *
     * @return the dead letters of those whose deadline has passed
     */
    List<DeadLetter> wait(Sync sync, List<Device> all, Step step, ReasonCode code, String reason) {
        Instant now = clock.instant();
        double early = jitter.nextDouble();
        List<DeadLetter> dead = new ArrayList<>();
        Map<Wait, List<Long>> together = new LinkedHashMap<>();
        for (Device device : all) {
            if (device.deadlineAt() != null && now.isAfter(device.deadlineAt())) {
                dead.addAll(completion.dead(sync, device, code, reason + "; waited for until " + device.deadlineAt()));
                continue;
            }
            // a device whose eSIM the inventory has shown may never have been pushed to
            boolean waits = isOver(sync, device, now) && (device.pushedAt() != null || step == Step.ACTIVATE);
            Instant due = now.plus(untilNext(sync, device, code, early));
            together.computeIfAbsent(new Wait(due, waits), wait -> new ArrayList<>())
                    .add(device.id());
        }
        together.forEach((wait, ids) -> transitions.retry(ids, step, wait.due, code, reason, wait.waits));
        return dead;
    }

    private record Wait(Instant due, boolean waits) {}

    /**
     * Schedules the step again, regardless of the deadline.
     *
     * @param waits whether the device keeps no run open
     */
    void again(Sync sync, Device device, Step step, ReasonCode code, String reason, boolean waits) {
        Instant due = clock.instant().plus(untilNext(sync, device, code, jitter.nextDouble()));
        transitions.retry(List.of(device.id()), step, due, code, reason, waits);
    }

    private Duration untilNext(Sync sync, Device device, ReasonCode code, double early) {
        Duration usual = sync.provision().jittered(device.attempts() + 1, early);
        return code == ReasonCode.COMMAND_FAILED ? longer(usual, sinceFirstCommand(sync, device)) : usual;
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
