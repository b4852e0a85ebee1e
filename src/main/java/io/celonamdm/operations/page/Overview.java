package io.celonamdm.operations.page;

import io.celonamdm.ledger.report.LedgerSnapshot;
import io.celonamdm.ledger.report.SyncSnapshot;
import io.celonamdm.ledger.report.SyncSnapshot.LastRun;
import io.celonamdm.ledger.report.SyncSnapshot.State;
import io.celonamdm.ledger.report.SyncSnapshots;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.operations.SyncView;
import io.celonamdm.operations.needs.Need;
import io.celonamdm.operations.needs.Needs;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** All syncs at a glance, from one snapshot of the ledger, however many there are. */
@Component
class Overview {
    private final Syncs syncs;
    private final SyncSnapshots snapshots;
    private final Needs needs;
    private final Clock clock;

    Overview(Syncs syncs, SyncSnapshots snapshots, Needs needs, Clock clock) {
        this.syncs = syncs;
        this.snapshots = snapshots;
        this.needs = needs;
        this.clock = clock;
    }

    /**
     * One sync.
     *
     * @param name its name
     * @param platform the MDM platform
     * @param customer the Celona customer
     * @param state its state
     * @param quarantine the code of its quarantine; null without one
     * @param nextProbe when its quarantine is probed next, until which no run comes; null without one
     * @param nextRun when its next nightly run is due
     * @param lastGoodRun when its last good run ended
     * @param missedANight whether that was too long ago
     * @param inDoubt devices in doubt
     * @param deadLetters open dead letters
     * @param lastOutcome how its latest run ended; null before the first
     * @param needs what waits for a person
     */
    record Line(
            String name,
            String platform,
            String customer,
            SyncView.State state,
            @Nullable String quarantine,
            @Nullable Instant nextProbe,
            @Nullable Instant nextRun,
            @Nullable Instant lastGoodRun,
            boolean missedANight,
            long inDoubt,
            long deadLetters,
            Run.@Nullable Outcome lastOutcome,
            List<Need> needs) {
        /** Whether the sync does not do its job. */
        public boolean isUrgent() {
            return needs.stream().anyMatch(need -> need.kind().degrades());
        }

        /** Whether it needs a person's attention. */
        public boolean needsLook() {
            return !needs.isEmpty();
        }
    }

    /** The configured syncs, those that need attention first. */
    List<Line> lines() {
        LedgerSnapshot ledger = snapshots.all();
        return syncs.all().stream()
                .map(sync -> line(sync, ledger.of(sync.name())))
                .sorted(Comparator.comparing(Line::isUrgent)
                        .thenComparing(Line::needsLook)
                        .reversed()
                        .thenComparing(Line::name))
                .toList();
    }

    /** Whether a line matches a search: a part of its name, platform or customer, in any case. */
    static boolean matches(Line line, String text) {
        return "%s %s %s"
                .formatted(line.name(), line.platform(), line.customer())
                .toLowerCase(Locale.ROOT)
                .contains(text.strip().toLowerCase(Locale.ROOT));
    }

    private Line line(Sync sync, SyncSnapshot snapshot) {
        State state = snapshot.state();
        String quarantine = snapshot.quarantine();
        LastRun last = snapshot.lastRun();
        boolean paused = sync.settings().paused() || (state != null && state.paused());
        boolean running = state != null && state.runOpenedAt() != null;
        return new Line(
                sync.name().value(),
                sync.platform(),
                sync.celona().customerId(),
                SyncView.State.of(quarantine != null, paused, running),
                quarantine,
                state == null || state.quarantine() == null
                        ? null
                        : state.quarantine().until(),
                state == null ? null : state.nextRun(),
                snapshot.lastGoodRun().orElse(null),
                snapshot.missedANight(clock.instant()),
                snapshot.inDoubt(),
                snapshot.openDeadLetters(),
                last == null ? null : last.outcome(),
                needs.of(sync, snapshot));
    }
}
