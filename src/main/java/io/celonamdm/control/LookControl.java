package io.celonamdm.control;

import io.celonamdm.ledger.run.Looks;
import io.celonamdm.ledger.run.Looks.Look;
import io.celonamdm.schedule.SyncTrigger;
import io.celonamdm.sync.Sync;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * Brings a sync's next look for new devices forward, because its MDM has called. However many calls come, looks run one
 * at a time, and begin at least a minute apart.
 */
@Component
public class LookControl {
    private static final Duration APART = Duration.ofMinutes(1);

    private final Looks looks;
    private final SyncTrigger trigger;
    private final Clock clock;

    LookControl(Looks looks, SyncTrigger trigger, Clock clock) {
        this.looks = looks;
        this.trigger = trigger;
        this.clock = clock;
    }

    /**
     * Brings the sync's next look forward.
     *
     * @throws RequestRejected if the sync does not look between its nights
     */
    public void soon(Sync sync) {
        if (sync.settings().between() == null) {
            throw RequestRejected.conflict(
                    "sync %s does not look between its nights: connector.syncs.%s.between is not set"
                            .formatted(sync.name(), sync.name()));
        }
        Instant now = clock.instant();
        Instant at = looks.find(sync.name())
                .map(Look::at)
                .map(last -> last.plus(APART))
                .filter(now::isBefore)
                .orElse(now);
        if (looks.bringForward(sync.name(), at)) {
            trigger.wakeAt(sync, at);
        }
    }
}
