package io.celonamdm.schedule;

import io.celonamdm.ledger.run.Looks;
import io.celonamdm.ledger.run.SyncStates;
import io.celonamdm.ledger.run.SyncStates.SyncState;
import io.celonamdm.settings.CronTimes;
import io.celonamdm.sync.Sync;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.DigestUtils;

/**
 * Computes when a sync's next nightly run is due. The ledger keeps the time, so a night missed while the connector was
 * down is made up, whichever trigger fires first.
 */
@Component
public class Nights {
    private final SyncStates states;
    private final Looks looks;
    private final Clock clock;

    Nights(SyncStates states, Looks looks, Clock clock) {
        this.states = states;
        this.looks = looks;
        this.clock = clock;
    }

    /**
     * Records the sync's schedule. A changed schedule computes the next night again; an unchanged one keeps a missed
     * night. So does a changed jitter after the scheduled time: the night is not lost, and runs once.
     */
    public void register(Sync sync) {
        String schedule = sync.settings().schedule();
        String zone = sync.settings().timeZone().getId();
        Optional<SyncState> known = states.find(sync.name());
        boolean same = known.isPresent()
                && known.get().schedule().equals(schedule)
                && known.get().timeZone().equals(zone);
        Instant next = scheduled(sync, clock.instant());
        Duration offset = offset(sync);
        Instant due = known.map(SyncState::nightlyDueAt).orElse(null);
        if (!same || isMisplaced(due, next, offset)) {
            states.schedule(sync.name(), schedule, zone, next == null ? null : next.plus(offset));
        }
        registerLooks(sync);
    }

    /** Syncs that start together do not look together. */
    private void registerLooks(Sync sync) {
        Duration between = sync.settings().between();
        if (between == null) {
            looks.end(sync.name());
        } else {
            looks.begin(sync.name(), clock.instant().plus(spread(sync, between)));
        }
    }

    /** Whether the time of the next night differs from that of the jitter. */
    private static boolean isMisplaced(@Nullable Instant due, @Nullable Instant next, Duration offset) {
        return due != null && next != null && !due.isBefore(next) && !due.equals(next.plus(offset));
    }

    /** When the sync's next nightly run is due. */
    public Optional<Instant> dueAt(Sync sync) {
        return states.find(sync.name()).map(SyncState::nightlyDueAt);
    }

    /**
     * Consumes a due night, if any, and schedules the next one.
     *
     * @return whether to open a nightly run now
     */
    public boolean take(Sync sync) {
        Instant now = clock.instant();
        if (dueAt(sync).filter(due -> !due.isAfter(now)).isEmpty()) {
            return false;
        }
        Duration offset = offset(sync);
        Instant next = scheduled(sync, now.minus(offset));
        states.schedule(
                sync.name(),
                sync.settings().schedule(),
                sync.settings().timeZone().getId(),
                next == null ? null : next.plus(offset));
        return true;
    }

    /**
     * The delay after the scheduled time: from zero to the sync's jitter, in seconds. It is derived from the sync's
     * name, so it is the same every night and in all replicas, and differs between syncs.
     */
    static Duration offset(Sync sync) {
        return spread(sync, sync.jitter());
    }

    private static Duration spread(Sync sync, Duration most) {
        byte[] digest = DigestUtils.md5Digest(sync.name().value().getBytes(StandardCharsets.UTF_8));
        long number = ByteBuffer.wrap(digest).getLong();
        return Duration.ofSeconds(Math.floorMod(number, most.toSeconds() + 1));
    }

    private static @Nullable Instant scheduled(Sync sync, Instant after) {
        return CronTimes.of(sync.settings().schedule(), sync.settings().timeZone())
                .after(after)
                .orElse(null);
    }
}
