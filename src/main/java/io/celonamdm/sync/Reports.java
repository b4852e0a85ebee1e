package io.celonamdm.sync;

import io.celonamdm.esim.SyncName;
import io.celonamdm.json.Json;
import io.celonamdm.ledger.report.DeviceCounts;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.Run.Outcome;
import io.celonamdm.ledger.run.Runs;
import io.celonamdm.logging.LogScope;
import io.celonamdm.sync.Outcomes.Verdict;
import io.celonamdm.text.Counted;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Closes runs with their reports. */
@Component
public class Reports {
    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

    private final Runs runs;
    private final DeviceCounts counts;
    private final Outcomes outcomes;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Reports(Runs runs, DeviceCounts counts, Outcomes outcomes, ApplicationEventPublisher events, Clock clock) {
        this.runs = runs;
        this.counts = counts;
        this.outcomes = outcomes;
        this.events = events;
        this.clock = clock;
    }

    /** The report of an open run so far. */
    public RunReport report(Run run) {
        SyncName sync = run.sync();
        return new RunReport(
                run.records(),
                counts.findingsByCode(run.id()),
                run.inventory(),
                run.planned(),
                counts.reachedSince(sync, run.openedAt()),
                counts.warningsSince(sync, run.openedAt()),
                counts.waitingByStep(sync),
                counts.waitingByCode(sync),
                counts.heldByCode(sync),
                counts.inDoubt(sync),
                counts.verified(sync),
                counts.driftByCode(sync),
                counts.deadLettersSince(sync, run.openedAt()),
                counts.deadLettersByCode(sync).values().stream()
                        .mapToLong(Long::longValue)
                        .sum(),
                Duration.between(run.openedAt(), clock.instant()).toSeconds());
    }

    /** The report of a closed run, as text. */
    public String text(Run run) {
        RunReport report = Json.read(Objects.requireNonNull(run.report()), RunReport.class);
        return text(run, Objects.requireNonNull(run.outcome()), report);
    }

    /** Closes a run, and logs how it ended. */
    public void close(Run run) {
        RunReport report = report(run);
        close(run, outcomes.of(run, report), report);
    }

    /** Closes a run that a person ended. */
    public void cancel(Run run, String reason) {
        close(run, Verdict.of(Outcome.CANCELLED, reason), report(run));
    }

    private void close(Run run, Verdict verdict, RunReport report) {
        Outcome outcome = verdict.outcome();
        runs.close(run.id(), outcome, verdict.code(), verdict.reason(), report);
        Run closed = runs.find(run.id()).orElseThrow();
        LogScope.about(
                run.sync(),
                run.id(),
                () -> LOG.atLevel(outcome.isBad() ? Level.WARN : Level.INFO)
                        .log(text(closed, outcome, report) + outcomes.advice(closed, outcome)));
        events.publishEvent(new RunEnded(run, outcome, clock.instant()));
    }

    static String text(Run run, Outcome outcome, RunReport report) {
        DeviceCounts.Reached reached = report.reached();
        return """
                run %d of sync %s ended: %s after %d s%s
                  pull          %s, %s with a usable EID%s
                  plan          %s
                  this run      %d assigned, %d pushed, %d activated, %d grouped, %d done%s
                  waiting       %s%s
                  held back     %s
                  in doubt      %d
                  verified      %d in all
                  drift         %s%s
                  dead letters  %s (%d open in all; see /actuator/deadletters/%s)""".formatted(
                run.id(),
                run.sync(),
                outcome,
                report.seconds(),
                run.code() == null ? "" : ", " + run.code() + ": " + run.reason(),
                Counted.words(report.records(), "record"),
                Counted.words(report.inventory(), "device"),
                report.findings().isEmpty() ? "" : ", skipped or flagged: " + RunReport.words(report.findings()),
                Counted.words(report.planned(), "new device"),
                reached.assigned(),
                reached.pushed(),
                reached.activated(),
                reached.grouped(),
                reached.done(),
                report.warnings().isEmpty() ? "" : ", with warnings: " + RunReport.words(report.warnings()),
                RunReport.words(report.waiting()),
                report.waitingFor().isEmpty() ? "" : ", by reason: " + RunReport.words(report.waitingFor()),
                RunReport.words(report.held()),
                report.inDoubt(),
                report.verified(),
                RunReport.words(report.drift()),
                run.comparisonDueAt() == null ? "" : ", so far: the comparison of done devices is not finished",
                RunReport.words(report.deadLetters()),
                report.openDeadLetters(),
                run.sync());
    }
}
