package io.celonamdm.operations.notices;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.json.Json;
import io.celonamdm.ledger.Incidents;
import io.celonamdm.ledger.Incidents.Failing;
import io.celonamdm.ledger.Incidents.Quarantined;
import io.celonamdm.ledger.Notice.Line;
import io.celonamdm.ledger.Notices;
import io.celonamdm.ledger.Run;
import io.celonamdm.ledger.SyncStates.Quarantine;
import io.celonamdm.ledger.Tallies.Reached;
import io.celonamdm.settings.NotificationSettings;
import io.celonamdm.settings.Occasion;
import io.celonamdm.sync.RunReport;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds in the ledger what a channel should tell: it compares how things are with what was noted before, so that whatever
 * happened while nobody looked is told as well, and nothing twice. No notice holds an EID or a device's name.
 */
@Component
class News {
    /** What is older was news to an earlier configuration at best. */
    private static final Duration RECENT = Duration.ofHours(24);

    private static final Set<Run.Outcome> REMARKABLE =
            EnumSet.of(Run.Outcome.PARTIAL, Run.Outcome.FAILED, Run.Outcome.QUARANTINED);
    private static final Set<String> GUARDS =
            Set.of(ReasonCode.MAX_NEW.name(), ReasonCode.MAX_NEW_PERCENT.name(), ReasonCode.MIN_INVENTORY.name());

    private final Incidents incidents;
    private final Notices notices;
    private final Clock clock;

    News(Incidents incidents, Notices notices, Clock clock) {
        this.incidents = incidents;
        this.notices = notices;
        this.clock = clock;
    }

    /** Notes what a channel should tell. */
    @Transactional
    void note(String channel, NotificationSettings settings) {
        List<Quarantined> quarantines = incidents.quarantines();
        quarantines.stream()
                .filter(each -> settings.wants(Occasion.QUARANTINE, each.sync()))
                .forEach(each -> quarantine(channel, settings, each));
        recoveries(channel, settings, quarantines);
        incidents.failing().stream()
                .filter(each -> settings.wants(Occasion.FAILURE, each.sync()))
                .forEach(each -> failure(channel, each));
        incidents.runsEndedSince(clock.instant().minus(RECENT)).stream()
                .filter(each -> settings.wants(Occasion.RUN, each.sync()))
                .forEach(each -> run(channel, each));
    }

    private void quarantine(String channel, NotificationSettings settings, Quarantined quarantined) {
        Quarantine quarantine = quarantined.quarantine();
        note(
                channel,
                quarantined.sync(),
                Occasion.QUARANTINE,
                subject(quarantine),
                "%s is quarantined: %s".formatted(quarantined.sync(), quarantine.code()),
                List.of(
                        new Line("reason", quarantine.reason()),
                        new Line("next probe", Wording.time(quarantine.until(), settings.timeZone())),
                        new Line("what to do", "docs/runbooks/quarantined.md")));
    }

    private void recoveries(String channel, NotificationSettings settings, List<Quarantined> now) {
        for (Notices.Told told : notices.openQuarantines(channel)) {
            boolean goesOn = now.stream()
                    .anyMatch(each -> each.sync().equals(told.sync())
                            && subject(each.quarantine()).equals(told.subject()));
            if (goesOn) {
                continue;
            }
            notices.over(told.id());
            boolean stillQuarantined = now.stream().anyMatch(each -> each.sync().equals(told.sync()));
            if (!stillQuarantined && settings.wants(Occasion.RECOVERY, told.sync())) {
                String code = told.subject().substring(0, told.subject().indexOf(' '));
                Duration lasted = Duration.between(told.notedAt(), clock.instant());
                note(
                        channel,
                        told.sync(),
                        Occasion.RECOVERY,
                        told.subject(),
                        "%s works again: %s is over".formatted(told.sync(), code),
                        List.of(new Line("after", Wording.duration(lasted))));
            }
        }
    }

    /** A quarantine that is entered anew is another one, and so is one for another reason. */
    private static String subject(Quarantine quarantine) {
        return quarantine.code() + " " + quarantine.since();
    }

    private void failure(String channel, Failing failing) {
        boolean doubtful = failing.code().equals(Failing.IN_DOUBT);
        note(
                channel,
                failing.sync(),
                Occasion.FAILURE,
                failing.code(),
                doubtful
                        ? "%s: %s in doubt, a person must decide"
                                .formatted(failing.sync(), Wording.devices(failing.devices()))
                        : "%s: a new kind of failure, %s".formatted(failing.sync(), failing.code()),
                List.of(
                        new Line("so far", Wording.devices(failing.devices())),
                        new Line(
                                "which",
                                doubtful
                                        ? "/actuator/indoubt/" + failing.sync()
                                        : "/actuator/deadletters/%s?code=%s".formatted(failing.sync(), failing.code())),
                        new Line("what to do", doubtful ? "docs/runbooks/in-doubt.md" : "docs/reason-codes.md")));
    }

    private void run(String channel, Run run) {
        RunReport report = Json.read(Objects.requireNonNull(run.report()), RunReport.class);
        Reached reached = report.reached();
        boolean guarded = report.held().keySet().stream().anyMatch(GUARDS::contains);
        boolean changed = Stream.of(reached.assigned(), reached.pushed(), reached.activated(), reached.done())
                .anyMatch(number -> number > 0);
        if (!changed && !guarded && !REMARKABLE.contains(Objects.requireNonNull(run.outcome()))) {
            return;
        }
        List<Line> lines = new ArrayList<>();
        if (run.code() != null) {
            lines.add(new Line("reason", run.code() + ": " + run.reason()));
        }
        lines.add(new Line("inventory", Wording.devices(report.inventory())));
        lines.add(new Line(
                "this run",
                "%d assigned, %d pushed, %d activated, %d done"
                        .formatted(reached.assigned(), reached.pushed(), reached.activated(), reached.done())));
        lines.add(new Line("waiting", RunReport.words(report.waiting())));
        lines.add(new Line("held back", RunReport.words(report.held())));
        lines.add(new Line("in doubt", String.valueOf(report.inDoubt())));
        lines.add(new Line("dead letters", RunReport.words(report.deadLetters())));
        note(
                channel,
                run.sync(),
                Occasion.RUN,
                String.valueOf(run.id()),
                "%s: run %d ended, %s%s"
                        .formatted(run.sync(), run.id(), run.outcome(), guarded ? "; a plan waits for approval" : ""),
                lines);
    }

    private void note(String channel, String sync, Occasion occasion, String subject, String title, List<Line> lines) {
        notices.note(channel, sync, occasion.name(), subject, title, lines);
    }
}
