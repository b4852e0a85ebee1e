package io.celonamdm.operations.notices;

import io.celonamdm.json.Json;
import io.celonamdm.ledger.report.DeviceCounts.Reached;
import io.celonamdm.ledger.report.Notice.Line;
import io.celonamdm.ledger.report.Notices;
import io.celonamdm.ledger.run.PastRuns;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.Run.Outcome;
import io.celonamdm.settings.NotificationSettings;
import io.celonamdm.settings.Occasion;
import io.celonamdm.sync.RunReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Reports the end of a run that changed something or was a bad night. Channels for runs or failures report a bad night,
 * and channels for recoveries the next good one.
 */
@Component
class NightNews {
    private final Notices notices;
    private final PastRuns pastRuns;
    private final Explained explained;

    NightNews(Notices notices, PastRuns pastRuns, Explained explained) {
        this.notices = notices;
        this.pastRuns = pastRuns;
        this.explained = explained;
    }

    /** Records the notices about an ended run. */
    void note(String channel, NotificationSettings settings, Run run) {
        Outcome outcome = Objects.requireNonNull(run.outcome());
        boolean remarkable = outcome.isBad() || outcome == Outcome.PARTIAL;
        RunReport report = Json.read(Objects.requireNonNull(run.report()), RunReport.class);
        if (settings.wants(Occasion.RUN, run.sync().value())) {
            if (remarkable || changed(report.reached())) {
                note(channel, Occasion.RUN, run, title(run), lines(run, report));
            }
        } else if (outcome.isBad()
                && settings.wants(Occasion.FAILURE, run.sync().value())) {
            note(channel, Occasion.FAILURE, run, title(run), lines(run, report));
        }
    }

    /** Records the first good runs after bad ones since a given time. */
    void recoveries(String channel, NotificationSettings settings, Instant since) {
        pastRuns.recovered(since).stream()
                .filter(run -> settings.wants(Occasion.RECOVERY, run.sync().value()))
                .forEach(run -> recovery(channel, run));
    }

    private void recovery(String channel, Run run) {
        List<Run> bad = pastRuns.badBefore(run);
        Run first = bad.get(0);
        Run last = bad.get(bad.size() - 1);
        note(
                channel,
                Occasion.RECOVERY,
                run,
                "%s has a good run again: run %d ended, %s".formatted(run.sync(), run.id(), run.outcome()),
                List.of(
                        new Line(
                                "after", "%d bad since run %d, %s".formatted(bad.size(), first.id(), first.closedAt())),
                        new Line("the last of them", "run %d, %s".formatted(last.id(), last.outcome()))));
    }

    private static String title(Run run) {
        return "%s: run %d ended, %s%s"
                .formatted(
                        run.sync(),
                        run.id(),
                        run.outcome(),
                        run.outcome() == Outcome.HELD_FOR_APPROVAL ? "; a plan waits for approval" : "");
    }

    private static boolean changed(Reached reached) {
        return Stream.of(reached.assigned(), reached.pushed(), reached.activated(), reached.done())
                .anyMatch(number -> number > 0);
    }

    private List<Line> lines(Run run, RunReport report) {
        Reached reached = report.reached();
        List<Line> lines = new ArrayList<>();
        if (run.code() != null) {
            lines.add(new Line("reason", run.code() + ": " + run.reason()));
        }
        Outcome outcome = Objects.requireNonNull(run.outcome());
        if (!outcome.isGood()) {
            lines.addAll(explained.lines(outcome.name(), "night"));
            lines.add(new Line("before", before(run)));
        }
        lines.add(new Line("inventory", Wording.devices(report.inventory())));
        lines.add(new Line(
                "this run",
                "%d assigned, %d pushed, %d activated, %d done"
                        .formatted(reached.assigned(), reached.pushed(), reached.activated(), reached.done())));
        lines.add(new Line("waiting", RunReport.words(report.waiting())));
        lines.add(new Line("waiting because of", RunReport.words(report.waitingFor())));
        lines.add(new Line("held back", RunReport.words(report.held())));
        lines.add(new Line("in doubt", String.valueOf(report.inDoubt())));
        lines.add(new Line("dead letters", RunReport.words(report.deadLetters())));
        return lines;
    }

    /** The run before. */
    private String before(Run run) {
        return pastRuns.before(run)
                .map(earlier -> "run %d at %s: %s, %s"
                        .formatted(
                                earlier.id(),
                                earlier.closedAt(),
                                earlier.outcome(),
                                Wording.devices(earlier.inventory())))
                .orElse("no run before");
    }

    private void note(String channel, Occasion occasion, Run run, String title, List<Line> lines) {
        // a kind of failure is a different subject from a run
        String subject = occasion == Occasion.RUN ? String.valueOf(run.id()) : "run " + run.id();
        notices.note(channel, run.sync().value(), occasion.name(), subject, title, lines);
    }
}
