package io.celonamdm.work;

import io.celonamdm.esim.Step;
import io.celonamdm.ledger.device.DueTimes;
import io.celonamdm.ledger.device.DueTimes.Due;
import io.celonamdm.ledger.run.Looks;
import io.celonamdm.ledger.run.Looks.Look;
import io.celonamdm.ledger.run.Origin;
import io.celonamdm.ledger.run.PastRuns;
import io.celonamdm.ledger.run.Plans;
import io.celonamdm.ledger.run.Plans.Plan;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.Runs;
import io.celonamdm.ledger.run.SyncStates;
import io.celonamdm.ledger.run.SyncStates.Quarantine;
import io.celonamdm.ledger.run.SyncStates.SyncState;
import io.celonamdm.sync.Sync;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Decides what a sync may do now, and when its next work is due. All of it follows from the ledger. A method that reads
 * several times does so in one transaction.
 */
@Component
public class DueWorkPolicy {
    private final DueTimes times;
    private final SyncStates states;
    private final Runs runs;
    private final PastRuns pastRuns;
    private final Plans plans;
    private final Looks looks;
    private final Clock clock;

    DueWorkPolicy(
            DueTimes times, SyncStates states, Runs runs, PastRuns pastRuns, Plans plans, Looks looks, Clock clock) {
        this.times = times;
        this.states = states;
        this.runs = runs;
        this.pastRuns = pastRuns;
        this.plans = plans;
        this.looks = looks;
        this.clock = clock;
    }

    /**
     * What a sync may do at one moment.
     *
     * @param quarantine its quarantine, if any
     * @param kinds the kinds of work that are due and allowed; in quarantine, those that can end it
     * @param redrive whether a dead letter is due for automatic redrive
     * @param next when it has its next call to make, beside what a run asks for; see {@link #nextCall}
     */
    public record AllowedWork(
            Optional<Quarantine> quarantine, List<Work.Kind> kinds, boolean redrive, Optional<Instant> next) {
        /** Whether nothing is due now. */
        public boolean isEmpty() {
            return kinds.isEmpty() && !redrive;
        }
    }

    /** What the sync may do now. */
    @Transactional(readOnly = true)
    public AllowedWork allowed(Sync sync) {
        Optional<SyncState> state = states.find(sync.name());
        Due due = due(sync, writes(sync, state));
        Instant now = clock.instant();
        Optional<Quarantine> quarantine = state.map(SyncState::quarantine);
        List<Work.Kind> kinds = Stream.of(Work.Kind.values())
                .filter(kind -> isDue(time(kind, due), now))
                .filter(kind -> quarantine.isEmpty() || isProbe(quarantine.get(), kind.step()))
                .toList();
        return new AllowedWork(quarantine, kinds, isDue(due.redrive(), now), nextCall(state, due, Optional.empty()));
    }

    private static boolean isProbe(Quarantine quarantine, @Nullable Step step) {
        return step != null && quarantine.isProbedBy(Origin.of(step));
    }

    private static boolean isDue(@Nullable Instant time, Instant now) {
        return time != null && !time.isAfter(now);
    }

    private static @Nullable Instant time(Work.Kind kind, Due due) {
        return kind.step() == null
                ? due.followUps().get(kind.followUp())
                : due.steps().get(kind.step());
    }

    private Due due(Sync sync, boolean writes) {
        Due due = times.next(sync.name(), steps(sync, writes));
        return writes ? due : new Due(due.steps(), Map.of(), null);
    }

    /** Whether the sync may make calls that write, and is not quarantined. */
    public boolean mayCall(Sync sync) {
        return mayCall(sync, states.find(sync.name()));
    }

    private static boolean mayCall(Sync sync, Optional<SyncState> state) {
        return writes(sync, state) && state.map(SyncState::quarantine).isEmpty();
    }

    /** Whether the sync may make calls that write. */
    static boolean writes(Sync sync, Optional<SyncState> state) {
        return !sync.settings().paused()
                && !sync.settings().planOnly()
                && state.map(SyncState::stop).isEmpty();
    }

    /**
     * The steps that the sync may take. A stopped sync still polls its assignments; one whose latest run has an
     * assignment in doubt assigns nothing until the next run that does more than plan.
     */
    private Set<Step> steps(Sync sync, boolean writes) {
        if (!writes) {
            return EnumSet.of(Step.AWAIT);
        }
        return runs.isAssignStopped(sync.name()) ? EnumSet.range(Step.AWAIT, Step.CONFIRM) : EnumSet.allOf(Step.class);
    }

    /** The sync's quarantine, if any. */
    public Optional<Quarantine> quarantine(Sync sync) {
        return states.quarantine(sync.name());
    }

    /** When the sync's next work is due: a pull or a comparison that its run asks for, a device, a follow-up or a redrive. */
    @Transactional(readOnly = true)
    public Optional<Instant> next(Sync sync, Optional<Run> run) {
        Optional<SyncState> state = states.find(sync.name());
        return next(state, due(sync, writes(sync, state)), run);
    }

    private static Optional<Instant> next(Optional<SyncState> state, Due due, Optional<Run> run) {
        Stream<Instant> ofRun = Stream.concat(run.map(Run::pullDueAt).stream(), comparisonDueAt(state, run).stream());
        return notBefore(state.map(SyncState::quarantine), Stream.concat(ofRun, due.all()));
    }

    /**
     * When the firing has a call to make: as {@link #next}, but in quarantine only one that can end it. An answer to any
     * other call would say nothing of what failed.
     */
    @Transactional(readOnly = true)
    public Optional<Instant> nextCall(Sync sync, Optional<Run> run) {
        Optional<SyncState> state = states.find(sync.name());
        return nextCall(state, due(sync, writes(sync, state)), run);
    }

    private static Optional<Instant> nextCall(Optional<SyncState> state, Due due, Optional<Run> run) {
        Quarantine quarantine = state.map(SyncState::quarantine).orElse(null);
        if (quarantine == null) {
            return next(state, due, run);
        }
        Stream<Instant> pull =
                quarantine.isProbedBy(Origin.INVENTORY) ? run.map(Run::pullDueAt).stream() : Stream.empty();
        Stream<Instant> steps = due.steps().entrySet().stream()
                .filter(step -> isProbe(quarantine, step.getKey()))
                .map(Map.Entry::getValue);
        return notBefore(Optional.of(quarantine), Stream.concat(pull, steps));
    }

    /**
     * When the sync fires next: for due work or a look, or for the probe of its quarantine, which always takes place.
     */
    @Transactional(readOnly = true)
    public Optional<Instant> nextFiring(Sync sync, Optional<Run> run) {
        Optional<SyncState> state = states.find(sync.name());
        Optional<Instant> probe = state.map(SyncState::quarantine).map(Quarantine::until);
        return probe.isPresent()
                ? probe
                : Stream.concat(
                                next(state, due(sync, writes(sync, state)), run).stream(),
                                lookDueAt(sync, state, run).stream())
                        .min(Instant::compareTo);
    }

    /**
     * When the sync looks for new devices next. It does not look while a run is open, a plan waits for a person, or it
     * may not call; nor before its first credible inventory, when each device would be new.
     */
    @Transactional(readOnly = true)
    public Optional<Instant> lookDueAt(Sync sync, Optional<Run> run) {
        return sync.settings().between() == null ? Optional.empty() : lookDueAt(sync, states.find(sync.name()), run);
    }

    private Optional<Instant> lookDueAt(Sync sync, Optional<SyncState> state, Optional<Run> run) {
        return sync.settings().between() == null
                        || run.isPresent()
                        || !mayCall(sync, state)
                        || pastRuns.latestCredible(sync.name()).isEmpty()
                        || plans.latest(sync.name()).filter(Plan::isHeldBack).isPresent()
                ? Optional.empty()
                : looks.find(sync.name()).map(Look::dueAt);
    }

    /** Whether the run has work due inside its window; a device that waits for its phone does not count. */
    @Transactional(readOnly = true)
    public boolean keepsOpen(Sync sync, Run run) {
        Optional<SyncState> state = states.find(sync.name());
        Set<Step> steps = steps(sync, writes(sync, state));
        return notBefore(
                        state.map(SyncState::quarantine),
                        Stream.of(
                                        Optional.ofNullable(run.pullDueAt()),
                                        comparisonDueAt(state, Optional.of(run)),
                                        times.nextOfRun(sync.name(), steps))
                                .flatMap(Optional::stream))
                .filter(time -> time.isBefore(run.windowEndsAt()))
                .isPresent();
    }

    /** When the comparison that follows the run's plan goes on; empty if it is over, or a person has paused the sync. */
    public Optional<Instant> comparisonDueAt(Sync sync, Run run) {
        return comparisonDueAt(states.find(sync.name()), Optional.of(run));
    }

    private static Optional<Instant> comparisonDueAt(Optional<SyncState> state, Optional<Run> run) {
        return state.filter(SyncState::isPaused).isPresent() ? Optional.empty() : run.map(Run::comparisonDueAt);
    }

    private static Optional<Instant> notBefore(Optional<Quarantine> quarantine, Stream<Instant> times) {
        Instant earliest = quarantine.map(Quarantine::until).orElse(Instant.MIN);
        return times.min(Instant::compareTo).map(time -> time.isBefore(earliest) ? earliest : time);
    }
}
