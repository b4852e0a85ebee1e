package io.celonamdm.sync;

import io.celonamdm.ledger.ClockSetBack;
import io.celonamdm.ledger.SyncStates;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Notices that the clock was set back, also while the connector was down, since a process notes the time once a minute
 * for each sync that it has. What waits would otherwise wait for as much longer.
 */
@Component
@Transactional
public class ClockWatch {
    /** A wait may be longer by this; and the clocks of replicas may differ by a little. */
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
     * Notes the time for each sync, and brings forward what it waits for if the time noted before has not come yet. A
     * process whose own clock has only gone on brings nothing forward: that time was noted by a replica whose clock is
     * ahead, and will be noted so again.
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
