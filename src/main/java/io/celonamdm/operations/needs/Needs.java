package io.celonamdm.operations.needs;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.report.SyncSnapshot;
import io.celonamdm.ledger.report.SyncSnapshot.CodeCount;
import io.celonamdm.ledger.report.SyncSnapshot.LastRun;
import io.celonamdm.ledger.report.SyncSnapshot.State;
import io.celonamdm.ledger.report.SyncSnapshots;
import io.celonamdm.ledger.run.Looks.Look;
import io.celonamdm.ledger.run.Readings;
import io.celonamdm.ledger.run.Run.Outcome;
import io.celonamdm.ledger.run.SyncStates;
import io.celonamdm.ledger.run.SyncStates.Quarantine;
import io.celonamdm.ledger.run.SyncStates.Stop;
import io.celonamdm.ledger.run.SyncStates.SyncState;
import io.celonamdm.operations.needs.Need.Kind;
import io.celonamdm.plan.Guards;
import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.sync.CodeTexts;
import io.celonamdm.sync.CodeTexts.CodeText;
import io.celonamdm.sync.Expiry;
import io.celonamdm.sync.Sync;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds what waits for a person, from a sync's state and settings; the most urgent comes first. */
@Component
public class Needs {
    /** Outcomes whose cause shows in the sync's state, and is over once it does not. */
    private static final Set<Outcome> SHOWN_OTHERWISE = EnumSet.of(
            Outcome.QUARANTINED, Outcome.PAUSED, Outcome.IN_DOUBT, Outcome.HELD_FOR_APPROVAL, Outcome.POOL_EXHAUSTED);

    private static final Set<String> GUARDS =
            Guards.CODES.stream().map(ReasonCode::name).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> MENDABLE = Set.of(
            ReasonCode.NO_GROUP.name(),
            ReasonCode.LOCK_REQUIRED.name(),
            ReasonCode.SIMLOCK_UNSUPPORTED.name(),
            ReasonCode.ICCID_INVALID.name(),
            ReasonCode.ICCID_IN_USE.name(),
            ReasonCode.OWNED_BY_OTHER_SYNC.name());

    private final CodeTexts texts;
    private final SyncSnapshots snapshots;
    private final SyncStates states;
    private final Readings readings;
    private final Duration warning;
    private final Clock clock;

    Needs(
            CodeTexts texts,
            SyncSnapshots snapshots,
            SyncStates states,
            Readings readings,
            ConnectorSettings settings,
            Clock clock) {
        this.texts = texts;
        this.snapshots = snapshots;
        this.states = states;
        this.readings = readings;
        this.warning = settings.expiryWarning();
        this.clock = clock;
    }

    /** The needs of a sync now. */
    public List<Need> of(Sync sync) {
        return of(sync, snapshots.of(sync.name()));
    }

    /** The needs of a sync in a given snapshot. */
    public List<Need> of(Sync sync, SyncSnapshot snapshot) {
        Instant now = clock.instant();
        List<Need> needs = new ArrayList<>();
        sync(sync, snapshot, now, needs);
        if (snapshot.inDoubt() > 0) {
            add(needs, Kind.IN_DOUBT, Kind.IN_DOUBT.name(), snapshot.inDoubt(), snapshot.inDoubtSince(), "");
        }
        held(sync, snapshot, needs);
        snapshot.waiting().stream()
                .filter(each -> each.code().equals(ReasonCode.POOL_EXHAUSTED.name()))
                .forEach(each -> add(needs, Kind.POOL, each.code(), each.devices(), each.since(), ""));
        List<CodeCount> unprovisioned = snapshot.waiting().stream()
                .filter(each -> each.code().equals(ReasonCode.NOT_PROVISIONED.name()))
                .toList();
        if (!unprovisioned.isEmpty()) {
            long unclear = readings.unclear(sync.name());
            if (unclear > 0) {
                add(
                        needs,
                        Kind.UNCLEAR,
                        ReasonCode.PROVISIONED_UNCLEAR.name(),
                        unclear,
                        SyncSnapshot.earliest(unprovisioned),
                        "");
            }
        }
        snapshot.deadLetters().stream()
                .filter(each -> each.open() > 0)
                .forEach(each -> add(needs, Kind.DEAD_LETTER, each.code(), each.open(), each.since(), ""));
        look(snapshot, needs);
        Expiry.of(sync).stream().filter(each -> each.isNear(now, warning)).forEach(each -> {
            ReasonCode code = each.isOver(now) ? ReasonCode.CREDENTIAL_EXPIRED : ReasonCode.CREDENTIAL_EXPIRES;
            add(needs, Kind.EXPIRY, code.name(), 0, null, each.text(now));
        });
        needs.sort(Comparator.comparing(Need::kind).thenComparing(Need::code));
        return List.copyOf(needs);
    }

    private void sync(Sync sync, SyncSnapshot snapshot, Instant now, List<Need> needs) {
        State state = snapshot.state();
        Quarantine quarantine = state == null ? null : state.quarantine();
        if (quarantine != null) {
            add(needs, Kind.QUARANTINE, quarantine.code().name(), 0, quarantine.since(), quarantine.reason());
        }
        if (sync.settings().paused() || (state != null && state.paused())) {
            Stop stop = states.find(sync.name()).map(SyncState::stop).orElse(null);
            add(
                    needs,
                    Kind.PAUSED,
                    Outcome.PAUSED.name(),
                    0,
                    stop == null ? null : stop.since(),
                    stop == null ? "" : stop.reason());
        }
        if (sync.settings().planOnly()) {
            add(needs, Kind.PLAN_ONLY, Outcome.PLANNED.name(), 0, null, "plan-only is set");
        }
        LastRun last = snapshot.lastRun();
        if (last != null && isRemarkable(last)) {
            String reason = "run %d: %s"
                    .formatted(
                            last.id(),
                            last.reason() == null || last.outcome().name().equals(last.code())
                                    ? Objects.requireNonNullElse(last.reason(), "")
                                    : last.code() + ": " + last.reason());
            add(needs, Kind.NIGHT, last.outcome().name(), 0, last.since(), reason);
        }
        if (needs.isEmpty() && snapshot.missedANight(now)) {
            Instant lastGood = snapshot.lastGoodRun().orElse(null);
            add(
                    needs,
                    Kind.NO_GOOD_RUN,
                    Kind.NO_GOOD_RUN.name(),
                    0,
                    lastGood,
                    "the last good run ended at " + lastGood);
        }
    }

    private static boolean isRemarkable(LastRun last) {
        return last.outcome() == Outcome.PARTIAL
                ? last.code() != null
                : last.outcome().isBad() && !SHOWN_OTHERWISE.contains(last.outcome());
    }

    private void held(Sync sync, SyncSnapshot snapshot, List<Need> needs) {
        List<CodeCount> guarded = snapshot.held().stream()
                .filter(each -> GUARDS.contains(each.code()))
                .toList();
        if (!guarded.isEmpty()) {
            add(
                    needs,
                    Kind.APPROVAL,
                    Outcome.HELD_FOR_APPROVAL.name(),
                    guarded.stream().mapToLong(CodeCount::devices).sum(),
                    SyncSnapshot.earliest(guarded),
                    "by "
                            + String.join(
                                    ", ", guarded.stream().map(CodeCount::code).toList()));
        }
        snapshot.held().stream()
                .filter(each -> MENDABLE.contains(each.code()))
                .filter(each ->
                        !sync.mdm().isAheadOfEnrolment() || !each.code().equals(ReasonCode.OWNED_BY_OTHER_SYNC.name()))
                .forEach(each -> add(needs, Kind.HELD, each.code(), each.devices(), each.since(), ""));
    }

    /** Looks that fail, or that a guard keeps from admitting anything. */
    private void look(SyncSnapshot snapshot, List<Need> needs) {
        Look look = snapshot.state() == null ? null : snapshot.state().look();
        if (look == null) {
            return;
        }
        String reason = Objects.requireNonNullElse(look.reason(), "");
        if (look.isFailing()) {
            add(needs, Kind.LOOK, ReasonCode.LOOKS_FAILING.name(), 0, look.failedAt(), look.code() + ": " + reason);
        } else if (look.isHeldBack()) {
            add(needs, Kind.LOOK, ReasonCode.LOOKS_HELD.name(), look.found(), look.at(), look.code() + ": " + reason);
        }
    }

    private void add(List<Need> needs, Kind kind, String code, long devices, @Nullable Instant since, String reason) {
        CodeText text = texts.of(code, kind.as()).orElse(new CodeText(code, "", "", ""));
        needs.add(new Need(kind, code, devices, since, reason, text.meaning(), text.todo()));
    }
}
