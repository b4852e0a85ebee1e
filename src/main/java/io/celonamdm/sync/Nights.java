package io.celonamdm.sync;

import io.celonamdm.ledger.SyncStates;
import io.celonamdm.ledger.SyncStates.SyncState;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.quartz.CronExpression;
import org.springframework.stereotype.Component;

/**
 * When a sync's next nightly run is due. The ledger keeps the time, so that a night which passed while the connector
 * was down is made up, whichever trigger fires first.
 */
@Component
public class Nights {
    private final SyncStates states;
    private final Clock clock;

    Nights(SyncStates states, Clock clock) {
        this.states = states;
        this.clock = clock;
    }

    /** Records the sync's schedule; a changed one is reckoned anew, an unchanged one keeps a night that was missed. */
    public void register(Sync sync) {
        String schedule = sync.settings().schedule();
        String zone = sync.settings().timeZone().getId();
        Optional<SyncState> known = states.find(sync.name());
        boolean same = known.isPresent()
                && known.get().schedule().equals(schedule)
                && known.get().timeZone().equals(zone);
        if (!same) {
            states.schedule(sync.name(), schedule, zone, after(sync, clock.instant()));
        }
    }

    /** When the sync's next nightly run is due. */
    public Optional<Instant> dueAt(Sync sync) {
        return states.find(sync.name()).map(SyncState::nightlyDueAt);
    }

    /**
     * Takes the night that is due, if one is; the next one is due later.
     *
     * @return whether a nightly run is to be opened now
     */
    public boolean take(Sync sync) {
        Instant now = clock.instant();
        if (dueAt(sync).filter(due -> !due.isAfter(now)).isEmpty()) {
            return false;
        }
        states.schedule(
                sync.name(),
                sync.settings().schedule(),
                sync.settings().timeZone().getId(),
                after(sync, now));
        return true;
    }

    private static @Nullable Instant after(Sync sync, Instant time) {
        try {
            CronExpression cron = new CronExpression(sync.settings().schedule());
            cron.setTimeZone(TimeZone.getTimeZone(sync.settings().timeZone()));
            Date next = cron.getNextValidTimeAfter(Date.from(time));
            return next == null ? null : next.toInstant();
        } catch (ParseException e) {
            throw new IllegalStateException("the schedule of sync " + sync.name() + " was not validated", e);
        }
    }
}
