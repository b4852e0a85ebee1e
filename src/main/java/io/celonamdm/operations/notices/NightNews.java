package io.celonamdm.operations.notices;

import io.celonamdm.esim.Place;
import io.celonamdm.esim.SyncName;
import io.celonamdm.json.Json;
import io.celonamdm.ledger.report.DeviceCounts.Reached;
import io.celonamdm.ledger.report.Notice.Line;
import io.celonamdm.ledger.report.Notice.Link;
import io.celonamdm.ledger.report.Notices;
import io.celonamdm.ledger.run.PastRuns;
import io.celonamdm.ledger.run.Plans;
import io.celonamdm.ledger.run.Plans.Plan;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.Run.Outcome;
import io.celonamdm.operations.needs.PagePaths;
import io.celonamdm.settings.NotificationSettings;
import io.celonamdm.settings.Occasion;
import io.celonamdm.sync.RunReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reports the end of a run that changed something or was a bad night. Channels for runs or failures report a bad night,
 * and channels for recoveries the next good one.
 */
@Component
class NightNews {
    private final Notices notices;
    private final PastRuns pastRuns;
    private final Plans plans;
    private final Explained explained;

    NightNews(Notices notices, PastRuns pastRuns, Plans plans, Explained explained) {
        this.notices = notices;
        this.pastRuns = pastRuns;
        this.plans = plans;
        this.explained = explained;
    }

    /** Records the notices about an ended run. */
    void note(String channel, NotificationSettings settings, Run run) {
        Outcome outcome = Objects.requireNonNull(run.outcome());
        boolean remarkable = outcome.isBad() || outcome == Outcome.PARTIAL;
        RunReport report = Json.read(Objects.requireNonNull(run.report()), RunReport.class);
        if (settings.wants(Occasion.RUN, run.sync().value())) {
            if (remarkable || changed(report.reached())) {
                note(channel, Occasion.RUN, run, report);
            }
        } else if (outcome.isBad()
                && settings.wants(Occasion.FAILURE, run.sync().value())) {
            note(channel, Occasion.FAILURE, run, report);
        }
    }

    private void note(String channel, Occasion occasion, Run run, RunReport report) {
        if (notices.isNoted(channel, run.sync().value(), occasion.name(), subject(occasion, run))) {
            return;
        }
        Plan plan = heldBack(run);
        note(channel, occasion, run, title(run, plan), lines(run, plan, report));
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
                                "after",
                                "%d bad since run %d, %s".formatted(bad.size(), first.id(), first.closedAt()),
                                List.of(new Link("run " + run.id(), PagePaths.run(run.sync(), run.id())))),
                        new Line("the last of them", "run %d, %s".formatted(last.id(), last.outcome()))));
    }

    private static String title(Run run, @Nullable Plan plan) {
        return "%s: run %d ended, %s%s"
                .formatted(
                        run.sync(),
                        run.id(),
                        run.outcome(),
                        plan == null
                                ? ""
                                : "; plan %d waits for approval (%s, %s)"
                                        .formatted(plan.run(), plan.guard(), NoticeText.devices(plan.devices())));
    }

    /** What the run's plan holds back; null if nothing. */
    private @Nullable Plan heldBack(Run run) {
        return plans.latest(run.sync())
                .filter(plan -> plan.run() == run.id() && plan.isHeldBack())
                .orElse(null);
    }

    private static Line line(Plan plan, SyncName sync) {
        String gone = plan.gone() == 0 ? "" : "; %s would count as gone".formatted(NoticeText.devices(plan.gone()));
        return new Line(
                "plan",
                "%d: guard %s holds back %s%s"
                        .formatted(plan.run(), plan.guard(), NoticeText.devices(plan.devices()), gone),
                List.of(new Link("plan " + plan.run(), PagePaths.plan(sync))));
    }

    private static boolean changed(Reached reached) {
        return Stream.of(reached.assigned(), reached.pushed(), reached.activated(), reached.done())
                .anyMatch(number -> number > 0);
    }

    private List<Line> lines(Run run, @Nullable Plan plan, RunReport report) {
        Reached reached = report.reached();
        SyncName sync = run.sync();
        List<Line> lines = new ArrayList<>();
        if (run.code() != null) {
            lines.add(new Line("reason", run.code() + ": " + run.reason()));
        }
        Outcome outcome = Objects.requireNonNull(run.outcome());
        if (!outcome.isGood()) {
            lines.addAll(explained.lines(outcome.name(), "night"));
            lines.add(new Line("before", before(run)));
        }
        if (plan != null) {
            lines.add(line(plan, sync));
        }
        lines.add(new Line("inventory", NoticeText.devices(report.inventory())));
        lines.add(new Line(
                "this run",
                "%d assigned, %d pushed, %d activated, %d done"
                        .formatted(reached.assigned(), reached.pushed(), reached.activated(), reached.done()),
                List.of(new Link("run " + run.id(), PagePaths.run(sync, run.id())))));
        lines.add(new Line("waiting", RunReport.words(report.waiting())));
        lines.add(new Line(
                "waiting because of",
                RunReport.words(report.waitingFor()),
                links(report.waitingFor(), code -> PagePaths.devices(sync, Place.WAITING, code))));
        lines.add(new Line(
                "held back",
                RunReport.words(report.held()),
                links(report.held(), code -> PagePaths.devices(sync, Place.HELD, code))));
        lines.add(new Line(
                "in doubt",
                String.valueOf(report.inDoubt()),
                report.inDoubt() == 0 ? List.of() : List.of(new Link("in doubt", PagePaths.inDoubt(sync)))));
        lines.add(new Line(
                "dead letters",
                RunReport.words(report.deadLetters()),
                links(report.deadLetters(), code -> PagePaths.deadLetters(sync, code))));
        return lines;
    }

    private static List<Link> links(Map<String, Long> byCode, UnaryOperator<String> path) {
        return byCode.keySet().stream()
                .map(code -> new Link(code, path.apply(code)))
                .toList();
    }

    /** The run before. */
    private String before(Run run) {
        return pastRuns.before(run)
                .map(earlier -> "run %d at %s: %s, %s"
                        .formatted(
                                earlier.id(),
                                earlier.closedAt(),
                                earlier.outcome(),
                                NoticeText.devices(earlier.inventory())))
                .orElse("no run before");
    }

    private void note(String channel, Occasion occasion, Run run, String title, List<Line> lines) {
        notices.note(channel, run.sync().value(), occasion.name(), subject(occasion, run), title, lines);
    }

    /** A kind of failure is a different subject from a run. */
    private static String subject(Occasion occasion, Run run) {
        return occasion == Occasion.RUN ? String.valueOf(run.id()) : "run " + run.id();
    }
}
