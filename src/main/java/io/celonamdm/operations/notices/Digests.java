package io.celonamdm.operations.notices;

import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.report.DeviceCounts;
import io.celonamdm.ledger.report.LedgerSnapshot;
import io.celonamdm.ledger.report.Notice.Line;
import io.celonamdm.ledger.report.Notice.Link;
import io.celonamdm.ledger.report.NoticeSource;
import io.celonamdm.ledger.report.Notices;
import io.celonamdm.ledger.report.SyncSnapshots;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.operations.needs.Need;
import io.celonamdm.operations.needs.Needs;
import io.celonamdm.operations.needs.PagePaths;
import io.celonamdm.settings.CronTimes;
import io.celonamdm.settings.NotificationSettings;
import io.celonamdm.settings.Occasion;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import io.celonamdm.text.Counted;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The daily digest of a channel: a line for each of its syncs, those with problems first. */
@Component
class Digests {
    /** How late a digest is still sent after a pause of the process. */
    private static final Duration LATEST = Duration.ofHours(6);

    private static final Duration DAY = Duration.ofHours(24);
    private static final int MOST_LINES = 40;

    private final NoticeSource source;
    private final Notices notices;
    private final DeviceCounts counts;
    private final Needs needs;
    private final SyncSnapshots snapshots;
    private final Syncs syncs;
    private final Clock clock;

    Digests(
            NoticeSource source,
            Notices notices,
            DeviceCounts counts,
            Needs needs,
            SyncSnapshots snapshots,
            Syncs syncs,
            Clock clock) {
        this.source = source;
        this.notices = notices;
        this.counts = counts;
        this.needs = needs;
        this.snapshots = snapshots;
        this.syncs = syncs;
        this.clock = clock;
    }

    /** A sync's line, and whether it has a problem. */
    private record State(boolean wrong, Line line) {}

    /** Records the digest of a channel if it is due. */
    void note(String channel, NotificationSettings settings) {
        if (settings.occasions().contains(Occasion.DIGEST)) {
            lastDue(settings).ifPresent(time -> note(channel, settings, time));
        }
    }

    private void note(String channel, NotificationSettings settings, Instant time) {
        List<State> states = states(settings);
        long wrong = states.stream().filter(State::wrong).count();
        String title = wrong == 0
                ? "%s fine".formatted(Counted.are(states.size(), "sync"))
                : "%d of %s in need of attention".formatted(wrong, Counted.words(states.size(), "sync"));
        List<Line> lines = new ArrayList<>();
        states.stream().filter(State::wrong).limit(MOST_LINES).map(State::line).forEach(lines::add);
        states.stream()
                .filter(state -> !state.wrong())
                .limit(MOST_LINES - lines.size())
                .map(State::line)
                .forEach(lines::add);
        if (lines.size() < states.size()) {
            lines.add(new Line("and", "%d more".formatted(states.size() - lines.size())));
        }
        notices.note(channel, "", Occasion.DIGEST.name(), time.toString(), title, lines);
    }

    private List<State> states(NotificationSettings settings) {
        LedgerSnapshot ledger = snapshots.all();
        // the latest run of a sync comes last, and wins
        Map<SyncName, Run> runs = source.runsEndedSince(clock.instant().minus(DAY)).stream()
                .collect(Collectors.toMap(Run::sync, each -> each, (earlier, later) -> later));
        return syncs.all().stream()
                .filter(sync -> settings.serves(sync.name().value()))
                .map(sync -> state(sync, needs.of(sync, ledger.of(sync.name())), runs.get(sync.name())))
                .toList();
    }

    private State state(Sync sync, List<Need> open, @Nullable Run run) {
        SyncName name = sync.name();
        List<String> parts = new ArrayList<>();
        parts.add(run == null ? "no run has ended" : "run %d ended, %s".formatted(run.id(), run.outcome()));
        parts.add(counts.reachedSince(name, clock.instant().minus(DAY)).done() + " done");
        open.forEach(need -> parts.add(text(need)));
        boolean good = run != null && !Objects.requireNonNull(run.outcome()).isBad();
        return new State(!open.isEmpty() || !good, new Line(name.value(), String.join("; ", parts), links(name, open)));
    }

    private static List<Link> links(SyncName sync, List<Need> open) {
        return open.isEmpty()
                ? List.of(new Link(sync.value(), PagePaths.sync(sync)))
                : open.stream()
                        .map(need -> new Link(need.words(), need.next(sync).path()))
                        .toList();
    }

    private static String text(Need need) {
        return need.kind() == Need.Kind.EXPIRY
                ? need.reason()
                : "%s%s: %s".formatted(need.words(), need.since() == null ? "" : " since " + need.since(), need.todo());
    }

    private Optional<Instant> lastDue(NotificationSettings settings) {
        Instant now = clock.instant();
        CronTimes times = CronTimes.of(settings.digest(), settings.timeZone());
        Optional<Instant> last = Optional.empty();
        Optional<Instant> next = times.after(now.minus(LATEST));
        while (next.isPresent() && !next.get().isAfter(now)) {
            last = next;
            next = times.after(next.get());
        }
        return last;
    }
}
