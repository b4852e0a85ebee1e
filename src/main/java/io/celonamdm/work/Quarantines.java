package io.celonamdm.work;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.run.Origin;
import io.celonamdm.ledger.run.SyncStates;
import io.celonamdm.ledger.run.SyncStates.Quarantine;
import io.celonamdm.plan.BackOff;
import io.celonamdm.sync.Sync;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Stops a sync whose calls are useless until something changes; probes follow at growing intervals. */
@Component
public class Quarantines {
    private static final Logger LOG = LoggerFactory.getLogger(Quarantines.class);
    private static final BackOff PROBES = new BackOff(Duration.ofMinutes(5), Duration.ofHours(2));
    /** A failing vendor often recovers soon. */
    private static final BackOff EARLY_PROBES = new BackOff(Duration.ofMinutes(1), Duration.ofHours(2));

    private static final Set<ReasonCode> EARLY = EnumSet.of(ReasonCode.TOO_MANY_FAILURES, ReasonCode.SAME_REFUSAL);

    private final SyncStates states;
    private final Clock clock;

    Quarantines(SyncStates states, Clock clock) {
        this.states = states;
        this.clock = clock;
    }

    /**
     * Quarantines a sync, or keeps it there after a failed probe.
     *
     * @param origin what failed; null if it was not one kind of call
     * @return the time of the next probe
     */
    public Instant open(Sync sync, @Nullable Origin origin, ReasonCode code, String reason) {
        Quarantine known = states.quarantine(sync.name()).orElse(null);
        if (known != null && clock.instant().isBefore(known.until())) {
            // this call was in flight when the first one failed
            if (origin != null) {
                states.alsoQuarantinedBy(sync.name(), origin);
            }
            return known.until();
        }
        BackOff probes = EARLY.contains(code) ? EARLY_PROBES : PROBES;
        Instant until = clock.instant().plus(probes.after(known == null ? 1 : known.probes() + 2));
        states.quarantine(sync.name(), origin, code, reason, until);
        LOG.error("quarantine {}: {}; the next probe is at {}", code, reason, until.truncatedTo(ChronoUnit.SECONDS));
        return until;
    }

    /** Moves the announced probe to the time of the next due call, which is the better probe. */
    public void probeWith(Sync sync, Instant due) {
        states.probeAt(sync.name(), due);
    }

    /** Whether the sync is quarantined for that reason and its probe is due. */
    public boolean isProbing(Sync sync, ReasonCode code) {
        return probed(sync).filter(quarantine -> quarantine.code() == code).isPresent();
    }

    /** Whether the sync is quarantined for that reason. */
    public boolean isOpen(Sync sync, ReasonCode code) {
        return states.quarantine(sync.name())
                .filter(quarantine -> quarantine.code() == code)
                .isPresent();
    }

    /**
     * Ends the quarantine if the answered call was its probe. What another kind of call is answered says nothing of the
     * one that failed: a key of Celona that is refused is not mended by a pull from the MDM.
     */
    public void answered(Sync sync, Origin origin) {
        Quarantine quarantine = probed(sync).orElse(null);
        if (quarantine != null && quarantine.isProbedBy(origin) && states.answered(sync.name(), origin)) {
            LOG.info("a call was answered again; the quarantine {} is over", quarantine.code());
        }
    }

    /** Ends the quarantine if its probe was due: all that the sync's calls need was found in order. */
    public void inOrder(Sync sync) {
        probed(sync).ifPresent(quarantine -> {
            LOG.info("every check of the preflight passed; the quarantine {} is over", quarantine.code());
            states.release(sync.name());
        });
    }

    /** The quarantine whose probe is due. */
    private Optional<Quarantine> probed(Sync sync) {
        return states.quarantine(sync.name())
                .filter(quarantine -> !clock.instant().isBefore(quarantine.until()));
    }
}
