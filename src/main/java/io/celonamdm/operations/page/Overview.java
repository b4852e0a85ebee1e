package io.celonamdm.operations.page;

import io.celonamdm.ledger.Census;
import io.celonamdm.ledger.Counts;
import io.celonamdm.ledger.SyncCounts;
import io.celonamdm.ledger.SyncCounts.State;
import io.celonamdm.operations.SyncView;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** All syncs at a glance, out of one count of the whole ledger, however many there are. */
@Component
class Overview {
    private final Syncs syncs;
    private final Census census;
    private final Clock clock;

    Overview(Syncs syncs, Census census, Clock clock) {
        this.syncs = syncs;
        this.census = census;
        this.clock = clock;
    }

    /**
     * One sync.
     *
     * @param name its name
     * @param platform the MDM platform
     * @param customer the Celona customer
     * @param state what it is doing
     * @param quarantine the code of its quarantine; null without one
     * @param nextRun when its next nightly run is due
     * @param lastGoodRun when its last good run ended
     * @param missedANight whether that was too long ago
     * @param inDoubt devices in doubt
     * @param deadLetters open dead letters
     */
    record Line(
            String name,
            String platform,
            String customer,
            SyncView.State state,
            @Nullable String quarantine,
            @Nullable Instant nextRun,
            @Nullable Instant lastGoodRun,
            boolean missedANight,
            long inDoubt,
            long deadLetters) {
        /** Whether a person has to look. */
        public boolean needsLook() {
            return state == SyncView.State.QUARANTINED || missedANight || inDoubt > 0;
        }
    }

    /** The configured syncs; those that need a look come first. */
    List<Line> lines() {
        Counts counts = census.take();
        return syncs.all().stream()
                .map(sync -> line(sync, counts.of(sync.name())))
                .sorted(Comparator.comparing(Line::needsLook).reversed().thenComparing(Line::name))
                .toList();
    }

    /** Whether a line is one that a person looks for: a part of its name, platform or customer, in any case. */
    static boolean matches(Line line, String text) {
        return "%s %s %s"
                .formatted(line.name(), line.platform(), line.customer())
                .toLowerCase(Locale.ROOT)
                .contains(text.strip().toLowerCase(Locale.ROOT));
    }

    private Line line(Sync sync, SyncCounts counts) {
        State state = counts.state();
        String quarantine = counts.quarantine();
        boolean paused = sync.settings().paused() || (state != null && state.paused());
        boolean running = state != null && state.runOpenedAt() != null;
        return new Line(
                sync.name(),
                sync.platform(),
                sync.celona().customerId(),
                SyncView.State.of(quarantine != null, paused, running),
                quarantine,
                state == null ? null : state.nextRun(),
                counts.lastGoodRun().orElse(null),
                counts.missedANight(clock.instant()),
                counts.inDoubt(),
                counts.openDeadLetters());
    }
}
