package io.celonamdm.schedule;

import io.celonamdm.ledger.device.ClockSetBack;
import io.celonamdm.ledger.run.SyncStates;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Detects that the clock was set back, even while the connector was down, because each process records the time of each
 * of its syncs once a minute. Uncorrected, due times would fire late by that amount.
 */
@Component
@Transactional
public class ClockWatch {
    /** The tolerated delay, and difference between the clocks of replicas. */
    private static final Duration UNNOTICED = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);

    private final Syncs syncs;
    private final SyncStates states;
    private final ClockSetBack setBack;
    private final Clock clock;
    private @Nullable Instant last;

    ClockWatch(Syncs syncs, SyncStates states, ClockSetBack setBack, Clock clock) {
        this.syncs = syncs;
        this.states = states;
        this.setBack = setBack;
        this.clock = clock;
    }

    /**
     * Records the time of each sync, and brings its due times forward if the time recorded before is still in the
     * future. A process whose own clock was not set back brings nothing forward: a replica with a fast clock recorded
     * that time, and will do so again.
     */
    public synchronized void look() {
        Instant before = last;
        last = clock.instant();
        if (before == null || last.isBefore(before)) {
            bringForward();
        }
        states.configured(syncs.all().stream().map(Sync::name).toList());
    }

    private void bringForward() {
        setBack.bySync(UNNOTICED).forEach((name, by) -> {
            LOG.warn("the clock was set back by {} or more; what sync {} waits for is brought forward", by, name);
            setBack.bringForward(name, by);
        });
    }
}
