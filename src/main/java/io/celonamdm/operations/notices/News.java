package io.celonamdm.operations.notices;

import io.celonamdm.esim.Place;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.report.Notice.Line;
import io.celonamdm.ledger.report.Notice.Link;
import io.celonamdm.ledger.report.NoticeSource;
import io.celonamdm.ledger.report.NoticeSource.Failing;
import io.celonamdm.ledger.report.NoticeSource.Quarantined;
import io.celonamdm.ledger.report.Notices;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.SyncStates.Quarantine;
import io.celonamdm.operations.needs.PagePaths;
import io.celonamdm.settings.NotificationSettings;
import io.celonamdm.settings.Occasion;
import io.celonamdm.text.Counted;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds events in the ledger for a channel. It compares the current state with the recorded one, so it also reports
 * what happened in between, and nothing twice. No notice holds an EID or a device's name.
 */
@Component
class News {
    /** Older events concern an earlier configuration at best. */
    private static final Duration RECENT = Duration.ofHours(24);

    /** A short outage ends earlier. */
    private static final int OFTEN = 3;

    private final NoticeSource source;
    private final Notices notices;
    private final NightNews nights;
    private final Explained explained;
    private final Clock clock;

    News(NoticeSource source, Notices notices, NightNews nights, Explained explained, Clock clock) {
        this.source = source;
        this.notices = notices;
        this.nights = nights;
        this.explained = explained;
        this.clock = clock;
    }

    /** Records the notices of a channel. */
    @Transactional
    void note(String channel, NotificationSettings settings) {
        List<Quarantined> quarantines = source.quarantines();
        quarantines.stream()
                .filter(each -> settings.wants(Occasion.QUARANTINE, each.sync().value()))
                .forEach(each -> quarantine(channel, settings, each));
        recoveries(channel, settings, quarantines);
        List<Failing> failing = source.failing();
        ends(channel, settings, failing);
        failing.stream()
                .filter(each -> settings.wants(Occasion.FAILURE, each.sync().value()))
                .forEach(each -> failure(channel, each));
        source.pullsFailing(OFTEN).stream()
                .filter(each -> settings.wants(Occasion.FAILURE, each.sync().value()))
                .forEach(each -> pull(channel, each));
        Instant recently = clock.instant().minus(RECENT);
        source.runsEndedSince(recently).forEach(each -> nights.note(channel, settings, each));
        nights.recoveries(channel, settings, recently);
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
                        new Line(
                                "reason",
                                quarantine.reason(),
                                List.of(new Link("what to fix", PagePaths.quarantine(quarantined.sync())))),
                        new Line("next probe", NoticeText.time(quarantine.until(), settings.timeZone())),
                        explained.meaning(quarantine.code().name(), "quarantine"),
                        new Line(
                                "what to do",
                                explained.todo(quarantine.code().name(), "quarantine")
                                        + " See docs/runbooks/quarantined.md")));
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
            if (!stillQuarantined) {
                recovery(
                        channel,
                        settings,
                        told,
                        told.subject().substring(0, told.subject().indexOf(' ')));
            }
        }
    }

    /** Doubt, an empty pool and the like end without a run; other kinds of failure stay news for a week. */
    private void ends(String channel, NotificationSettings settings, List<Failing> now) {
        for (Notices.Told told : notices.openStates(channel)) {
            boolean goesOn = now.stream()
                    .anyMatch(each ->
                            each.sync().equals(told.sync()) && each.code().equals(told.subject()));
            if (!goesOn) {
                notices.over(told.id());
                recovery(channel, settings, told, told.subject());
            }
        }
    }

    private void recovery(String channel, NotificationSettings settings, Notices.Told told, String code) {
        if (settings.wants(Occasion.RECOVERY, told.sync().value())) {
            Duration lasted = Duration.between(told.notedAt(), clock.instant());
            note(
                    channel,
                    told.sync(),
                    Occasion.RECOVERY,
                    code + " " + told.notedAt(),
                    "%s works again: %s is over".formatted(told.sync(), code),
                    List.of(new Line(
                            "after",
                            NoticeText.duration(lasted),
                            List.of(new Link(told.sync().value(), PagePaths.sync(told.sync()))))));
        }
    }

    /** A new quarantine is another one, and so is one for another reason. */
    private static String subject(Quarantine quarantine) {
        return quarantine.code() + " " + quarantine.since();
    }

    private void failure(String channel, Failing failing) {
        String code = failing.code();
        String devices = NoticeText.devices(failing.devices());
        String title = switch (code) {
            case Failing.IN_DOUBT -> "%s: %s in doubt, a person must decide".formatted(failing.sync(), devices);
            case Failing.POOL_EXHAUSTED -> "%s: no eSIM is left, %s wait".formatted(failing.sync(), devices);
            case Failing.PROVISIONED_UNCLEAR ->
                "%s: no eSIM can be activated, and it is not clear why; %s wait".formatted(failing.sync(), devices);
            case Failing.LOOKS_FAILING -> "%s: looks for new devices fail".formatted(failing.sync());
            case Failing.LOOKS_HELD -> "%s: %s wait for the next run".formatted(failing.sync(), devices);
            default -> "%s: a new kind of failure, %s".formatted(failing.sync(), code);
        };
        SyncName sync = failing.sync();
        String path = switch (code) {
            case Failing.IN_DOUBT -> PagePaths.inDoubt(sync);
            case Failing.POOL_EXHAUSTED -> PagePaths.devices(sync, Place.WAITING, code);
            case Failing.PROVISIONED_UNCLEAR ->
                PagePaths.devices(sync, Place.WAITING, ReasonCode.NOT_PROVISIONED.name());
            case Failing.LOOKS_FAILING, Failing.LOOKS_HELD -> PagePaths.looks(sync);
            default -> PagePaths.deadLetters(sync, code);
        };
        String which = switch (code) {
            case Failing.IN_DOUBT -> "/actuator/indoubt/" + failing.sync();
            case Failing.POOL_EXHAUSTED -> "/actuator/devices/%s?place=waiting&code=%s".formatted(failing.sync(), code);
            case Failing.PROVISIONED_UNCLEAR ->
                "/actuator/devices/%s?place=waiting&code=NOT_PROVISIONED".formatted(failing.sync());
            case Failing.LOOKS_FAILING, Failing.LOOKS_HELD -> "/actuator/syncs/" + failing.sync();
            default -> "/actuator/deadletters/%s?code=%s".formatted(failing.sync(), code);
        };
        List<Line> lines = new ArrayList<>(
                List.of(new Line("so far", devices), new Line("which", which, List.of(new Link(code, path)))));
        lines.addAll(explained.lines(code, failing.isLetter() ? "dead letter" : "night"));
        note(channel, failing.sync(), Occasion.FAILURE, code, title, lines);
    }

    /** Reports a pull that keeps failing while it is still retried, once a run. */
    private void pull(String channel, Run run) {
        List<Line> lines = new ArrayList<>(List.of(new Line(
                "reason",
                run.code() + ": " + run.reason(),
                List.of(new Link("run " + run.id(), PagePaths.run(run.sync(), run.id()))))));
        lines.addAll(explained.lines(String.valueOf(run.code()), "pull"));
        note(
                channel,
                run.sync(),
                Occasion.FAILURE,
                "pull of run " + run.id(),
                "%s: the pull has failed %s".formatted(run.sync(), Counted.words(run.pullAttempts(), "time")),
                lines);
    }

    private void note(
            String channel, SyncName sync, Occasion occasion, String subject, String title, List<Line> lines) {
        notices.note(channel, sync.value(), occasion.name(), subject, title, lines);
    }
}
