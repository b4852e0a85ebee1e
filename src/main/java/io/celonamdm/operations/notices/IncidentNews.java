package io.celonamdm.operations.notices;

import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.report.Incidents;
import io.celonamdm.ledger.report.Incidents.Incident;
import io.celonamdm.ledger.report.Incidents.Opening;
import io.celonamdm.ledger.report.LedgerSnapshot;
import io.celonamdm.ledger.report.SyncSnapshot;
import io.celonamdm.ledger.report.SyncSnapshots;
import io.celonamdm.ledger.run.SyncStates;
import io.celonamdm.operations.needs.Need;
import io.celonamdm.operations.needs.Need.Kind;
import io.celonamdm.operations.needs.Needs;
import io.celonamdm.settings.NotificationSettings;
import io.celonamdm.settings.Occasion;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Opens an incident when something begins to wait for a person, and ends it once that is resolved. The ledger has what is
 * open, so that a restart or another replica opens nothing twice and ends what ended in between.
 */
@Component
class IncidentNews {
    /** How often channels are told at most that an incident has changed. */
    private static final Duration UPDATES = Duration.ofHours(1);

    /** How long no replica must have a sync in its settings before its incidents end. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(5);

    /** The pause before the next look, as a multiple of the time that the last one took. */
    private static final int REST = 9;

    private final Incidents incidents;
    private final IncidentEvents events;
    private final Needs needs;
    private final SyncSnapshots snapshots;
    private final SyncStates states;
    private final Syncs syncs;
    private final Clock clock;
    private Instant nextLook = Instant.MIN;
    private boolean looked;

    IncidentNews(
            Incidents incidents,
            IncidentEvents events,
            Needs needs,
            SyncSnapshots snapshots,
            SyncStates states,
            Syncs syncs,
            Clock clock) {
        this.incidents = incidents;
        this.events = events;
        this.needs = needs;
        this.snapshots = snapshots;
        this.states = states;
        this.syncs = syncs;
        this.clock = clock;
    }

    /** What an incident is of. */
    private record Subject(SyncName sync, String kind, String code) {
        static Subject of(Incident incident) {
            return new Subject(incident.sync(), incident.kind(), incident.code());
        }
    }

    /** Records events for all channels that want them. */
    @Transactional
    void note(Map<String, NotificationSettings> channels) {
        Instant begin = clock.instant();
        if (begin.isBefore(nextLook)
                || channels.values().stream().noneMatch(each -> each.occasions().contains(Occasion.INCIDENT))) {
            return;
        }
        incidents.forgetGivenUp(!looked);
        look(channels);
        looked = true;
        Instant end = clock.instant();
        nextLook = end.plus(Duration.between(begin, end).multipliedBy(REST));
    }

    private void look(Map<String, NotificationSettings> channels) {
        LedgerSnapshot ledger = snapshots.all();
        Map<Subject, Need> now = needs(ledger);
        List<Opening> openings = incidents.openings();
        Set<Subject> open = new HashSet<>();
        for (Incident incident : incidents.all()) {
            Subject subject = Subject.of(incident);
            Need need = now.get(subject);
            if (need != null) {
                open.add(subject);
                goesOn(incident, need, ledger.of(incident.sync()), channels, openings);
            } else if (isMended(incident, ledger.of(incident.sync())) && incidents.end(incident)) {
                events.resolve(incident, channels, openings);
            }
        }
        now.forEach((subject, need) -> {
            if (!open.contains(subject)) {
                begin(subject, need, ledger.of(subject.sync()), channels);
            }
        });
    }

    private void begin(Subject subject, Need need, SyncSnapshot snapshot, Map<String, NotificationSettings> channels) {
        incidents
                .begin(subject.sync(), subject.kind(), subject.code(), events.facts(subject.sync(), need))
                .ifPresent(incident -> events.open(incident, need, snapshot, channels, List.of()));
    }

    /** Tells channels that were not told yet, and all of them what has changed. */
    private void goesOn(
            Incident incident,
            Need need,
            SyncSnapshot snapshot,
            Map<String, NotificationSettings> channels,
            List<Opening> openings) {
        String facts = events.facts(incident.sync(), need);
        boolean news = !facts.equals(incident.facts())
                && !clock.instant().isBefore(incident.toldAt().plus(UPDATES));
        if (news && incidents.goesOn(incident, facts)) {
            events.update(incident, need, snapshot, channels, openings);
        }
        events.open(incident, need, snapshot, channels, openings);
    }

    /** Whether what is no longer found is mended, and not just out of sight. */
    private boolean isMended(Incident incident, SyncSnapshot snapshot) {
        if (syncs.find(incident.sync()).isEmpty()) {
            return syncs.servesAll()
                    && !states.configuredSince(clock.instant().minus(FORGOTTEN))
                            .contains(incident.sync().value());
        }
        if (incident.kind().equals(Kind.NO_GOOD_RUN.name())) {
            return !snapshot.missedANight(clock.instant());
        }
        return !incident.kind().equals(Kind.DEAD_LETTER.name())
                || !incidents.isRetried(incident.sync(), incident.code());
    }

    /** What waits for a person; what a setting chose does not. */
    private Map<Subject, Need> needs(LedgerSnapshot ledger) {
        Map<Subject, Need> found = new LinkedHashMap<>();
        for (Sync sync : syncs.all()) {
            needs.of(sync, ledger.of(sync.name())).stream()
                    .filter(need -> need.kind() != Kind.PLAN_ONLY)
                    .forEach(need -> found.merge(
                            new Subject(sync.name(), need.kind().name(), need.code()), need, IncidentNews::together));
        }
        return found;
    }

    /** Two credentials of one sync may expire. */
    private static Need together(Need one, Need other) {
        return new Need(
                one.kind(),
                one.code(),
                one.devices() + other.devices(),
                one.since(),
                one.reason() + "; " + other.reason(),
                one.meaning(),
                one.todo());
    }
}
