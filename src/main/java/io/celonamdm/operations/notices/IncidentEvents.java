package io.celonamdm.operations.notices;

import io.celonamdm.esim.DeviceNumbers;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Place;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.json.Json;
import io.celonamdm.ledger.database.Rows;
import io.celonamdm.ledger.device.DeadLetter;
import io.celonamdm.ledger.device.DeadLetters;
import io.celonamdm.ledger.device.DeviceState;
import io.celonamdm.ledger.report.DeviceStates;
import io.celonamdm.ledger.report.DeviceStates.Filter;
import io.celonamdm.ledger.report.Incidents;
import io.celonamdm.ledger.report.Incidents.Incident;
import io.celonamdm.ledger.report.Incidents.Opening;
import io.celonamdm.ledger.report.SyncSnapshot;
import io.celonamdm.ledger.report.SyncSnapshot.LastRun;
import io.celonamdm.ledger.run.Plans;
import io.celonamdm.ledger.run.Plans.Plan;
import io.celonamdm.operations.needs.Need;
import io.celonamdm.operations.needs.Need.Kind;
import io.celonamdm.operations.needs.PagePaths;
import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.NotificationSettings;
import io.celonamdm.settings.Occasion;
import io.celonamdm.settings.PageSettings;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes the events of incidents for the channels that want them. */
@Component
public class IncidentEvents {
    private static final String OPEN = "open";
    private static final String RESOLVE = "resolve";
    private static final int MOST_EIDS = 20;

    private final Incidents incidents;
    private final DeadLetters deadLetters;
    private final DeviceStates devices;
    private final Plans plans;
    private final PageSettings page;
    private final Clock clock;

    IncidentEvents(
            Incidents incidents,
            DeadLetters deadLetters,
            DeviceStates devices,
            Plans plans,
            ConnectorSettings settings,
            Clock clock) {
        this.incidents = incidents;
        this.deadLetters = deadLetters;
        this.devices = devices;
        this.plans = plans;
        this.page = settings.page();
        this.clock = clock;
    }

    /** What makes an event out of date once it differs. */
    String facts(SyncName sync, Need need) {
        return "%d %s %08x"
                .formatted(need.devices(), plan(sync, need), need.reason().hashCode());
    }

    /** Opens an incident at the channels that were not told yet. */
    void open(
            Incident incident,
            Need need,
            SyncSnapshot snapshot,
            Map<String, NotificationSettings> channels,
            List<Opening> told) {
        channels.forEach((channel, settings) -> {
            if (settings.wants(Occasion.INCIDENT, incident.sync().value())
                    && find(told, channel, incident).isEmpty()) {
                note(channel, event(OPEN, incident.events(), incident, need, snapshot, settings));
            }
        });
    }

    /** Tells channels that an incident has changed. */
    void update(
            Incident incident,
            Need need,
            SyncSnapshot snapshot,
            Map<String, NotificationSettings> channels,
            List<Opening> told) {
        int sequence = incident.events() + 1;
        channels.forEach((channel, settings) -> {
            if (goesOn(told, channel, incident)) {
                note(channel, event("update", sequence, incident, need, snapshot, settings));
            }
        });
    }

    /** Ends an incident at the channels that were told of it. */
    void resolve(Incident incident, Map<String, NotificationSettings> channels, List<Opening> told) {
        channels.keySet().stream()
                .filter(channel -> goesOn(told, channel, incident))
                .forEach(channel -> note(channel, end(incident)));
    }

    /** Opens and ends an incident at a channel, as a test. */
    public void test(String channel) {
        Instant now = clock.instant();
        Incident incident =
                new Incident(UUID.randomUUID().toString(), new SyncName(""), "TEST", "TEST", now, now, 1, "");
        note(
                channel,
                new IncidentEvent(
                        IncidentEvent.VERSION,
                        OPEN,
                        id(incident, OPEN),
                        1,
                        incident.id(),
                        now,
                        now,
                        "warning",
                        incident.kind(),
                        incident.code(),
                        "",
                        null,
                        null,
                        "A test: this channel works",
                        "A person asked for a test of channel " + channel + ".",
                        "Nothing is wrong.",
                        "Nothing: the next event ends this incident.",
                        0,
                        List.of(),
                        page.link("/")));
        note(channel, end(incident));
    }

    private static Optional<Opening> find(List<Opening> told, String channel, Incident incident) {
        return told.stream()
                .filter(each ->
                        each.channel().equals(channel) && each.incident().equals(incident.id()))
                .findFirst();
    }

    private static boolean goesOn(List<Opening> told, String channel, Incident incident) {
        return find(told, channel, incident).filter(each -> !each.givenUp()).isPresent();
    }

    private void note(String channel, IncidentEvent event) {
        incidents.note(channel, event.sync(), event.incident(), event.id(), event.title(), Json.write(event));
    }

    private static String id(Incident incident, String event) {
        return incident.id() + "-" + event;
    }

    private IncidentEvent event(
            String event,
            int sequence,
            Incident incident,
            Need need,
            SyncSnapshot snapshot,
            NotificationSettings settings) {
        LastRun last = snapshot.lastRun();
        Plan plan = plan(incident.sync(), need);
        return new IncidentEvent(
                IncidentEvent.VERSION,
                event,
                id(incident, event.equals(OPEN) ? OPEN : event + "-" + sequence),
                sequence,
                incident.id(),
                clock.instant(),
                incident.openedAt(),
                need.kind().degrades() ? "critical" : "warning",
                incident.kind(),
                incident.code(),
                incident.sync().value(),
                last == null ? null : last.id(),
                plan == null ? null : plan.run(),
                title(incident.sync(), need, plan),
                Inert.of(settings.fullEids() ? need.reason() : DeviceNumbers.shortened(need.reason())),
                need.meaning(),
                need.todo(),
                need.devices(),
                eids(incident.sync(), need).stream()
                        .map(eid -> settings.fullEids() ? eid.value() : eid.shortened())
                        .toList(),
                page.link(need.next(incident.sync()).path()));
    }

    private IncidentEvent end(Incident incident) {
        boolean degrades =
                Rows.known(incident.kind(), Kind.class).filter(Kind::degrades).isPresent();
        return new IncidentEvent(
                IncidentEvent.VERSION,
                RESOLVE,
                id(incident, RESOLVE),
                incident.events() + 1,
                incident.id(),
                clock.instant(),
                incident.openedAt(),
                degrades ? "critical" : "warning",
                incident.kind(),
                incident.code(),
                incident.sync().value(),
                null,
                null,
                "%s%s is over"
                        .formatted(incident.sync().value().isEmpty() ? "" : incident.sync() + ": ", incident.code()),
                "",
                "",
                "",
                0,
                List.of(),
                page.link(incident.sync().value().isEmpty() ? "/" : PagePaths.sync(incident.sync())));
    }

    private static String title(SyncName sync, Need need, @Nullable Plan plan) {
        String count = NoticeText.devices(need.devices());
        return switch (need.kind()) {
            case QUARANTINE -> "%s is quarantined: %s".formatted(sync, need.code());
            case NIGHT -> "%s: the latest run ended, %s".formatted(sync, need.code());
            case PAUSED -> "%s is paused".formatted(sync);
            case NO_GOOD_RUN -> "%s has had no good run for more than a day".formatted(sync);
            case IN_DOUBT -> "%s: %s in doubt, a person must decide".formatted(sync, count);
            case APPROVAL ->
                plan == null
                        ? "%s: a plan waits for approval (%s)".formatted(sync, count)
                        : "%s: plan %d waits for approval (%s, %s)".formatted(sync, plan.run(), plan.guard(), count);
            case POOL -> "%s: no eSIM is left, %s wait".formatted(sync, count);
            case UNCLEAR -> "%s: no eSIM can be activated, and it is not clear why; %s wait".formatted(sync, count);
            case DEAD_LETTER -> "%s: %s failed with %s".formatted(sync, count, need.code());
            case HELD -> "%s: %s held back by %s".formatted(sync, count, need.code());
            case LOOK ->
                need.code().equals(ReasonCode.LOOKS_FAILING.name())
                        ? "%s: looks for new devices fail".formatted(sync)
                        : "%s: %s wait for the next run".formatted(sync, count);
            case PLAN_ONLY -> "%s only plans".formatted(sync);
            case EXPIRY -> "%s: %s".formatted(sync, need.reason());
        };
    }

    private @Nullable Plan plan(SyncName sync, Need need) {
        return need.kind() == Kind.APPROVAL
                ? plans.latest(sync).filter(Plan::isHeldBack).orElse(null)
                : null;
    }

    private List<Eid> eids(SyncName sync, Need need) {
        return switch (need.kind()) {
            case DEAD_LETTER ->
                code(need).map(code -> deadLetters.list(sync, code, MOST_EIDS)).stream()
                        .flatMap(List::stream)
                        .map(DeadLetter::eid)
                        .toList();
            case IN_DOUBT -> eids(sync, Place.IN_DOUBT, null);
            case POOL -> eids(sync, Place.WAITING, ReasonCode.POOL_EXHAUSTED);
            case UNCLEAR -> eids(sync, Place.WAITING, ReasonCode.NOT_PROVISIONED);
            case HELD -> code(need).map(code -> eids(sync, Place.HELD, code)).orElse(List.of());
            default -> List.of();
        };
    }

    /** Its code; empty if this version does not know it, and has no list of it. */
    private static Optional<ReasonCode> code(Need need) {
        return Rows.known(need.code(), ReasonCode.class);
    }

    private List<Eid> eids(SyncName sync, Place place, @Nullable ReasonCode code) {
        return devices.page(sync, new Filter(place, null, code), "", MOST_EIDS).stream()
                .map(DeviceState::eid)
                .toList();
    }
}
