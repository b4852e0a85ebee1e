package io.celonamdm.ledger.report;

import io.celonamdm.esim.Place;
import io.celonamdm.esim.Position;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.run.Looks;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.SyncStates;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One sync at one moment.
 *
 * @param state its state as a whole; null if the ledger does not know it
 * @param devices its devices by place and step
 * @param codes its devices that are held back, in doubt, or waiting for a reason, by place and code
 * @param done how many of its devices have reached DONE; one that left it again still counts
 * @param deadLetters its dead letters by code
 * @param runs its runs that have ended, by outcome
 * @param actions entries of its audit, by action
 * @param lastRun how its latest run ended; null before the first
 */
public record SyncSnapshot(
        @Nullable State state,
        List<StepCount> devices,
        List<CodeCount> codes,
        long done,
        List<DeadLetterCount> deadLetters,
        List<RunCount> runs,
        List<ActionCount> actions,
        @Nullable LastRun lastRun) {

    /** A sync that the ledger does not know. */
    static final SyncSnapshot EMPTY =
            new SyncSnapshot(null, List.of(), List.of(), 0, List.of(), List.of(), List.of(), null);

    private static final Duration A_NIGHT_WITHOUT = Duration.ofHours(26);

    /**
     * A sync as a whole.
     *
     * @param nextRun when its next nightly run is due
     * @param quarantine its quarantine; null if it has none
     * @param paused whether a person has paused it
     * @param runOpenedAt when its open run was opened
     * @param runWindowEndsAt until when its open run stays open for work that becomes due
     * @param look its looks between the nights
     */
    public record State(
            @Nullable Instant nextRun,
            SyncStates.@Nullable Quarantine quarantine,
            boolean paused,
            @Nullable Instant runOpenedAt,
            @Nullable Instant runWindowEndsAt,
            Looks.Look look) {}

    /**
     * Devices in one position.
     *
     * @param due when the first of them is due; null if none ever is
     */
    public record StepCount(
            Position position, long devices, @Nullable Instant due) {
        /** Whether they wait or are in flight. */
        public boolean isUnderWay() {
            return Place.UNDER_WAY.contains(position.place());
        }
    }

    /**
     * Devices in one place for one reason; those in flight count as waiting.
     *
     * @param since when the first run that brought one of them there was opened
     */
    public record CodeCount(
            Place place,
            String code,
            long devices,
            @Nullable Instant since) {}

    /**
     * Dead letters by code.
     *
     * @param ever how many there have been
     * @param open how many are open
     * @param since when the first open one failed; null if none is open
     */
    public record DeadLetterCount(
            String code, long ever, long open, @Nullable Instant since) {}

    /**
     * Runs that ended in one way.
     *
     * @param lastEnd when the latest of them ended
     */
    public record RunCount(Run.Outcome outcome, long runs, Instant lastEnd) {}

    /** How often the audit has an action. */
    public record ActionCount(String action, long times) {}

    /**
     * The run that ended last, ignoring plans.
     *
     * @param since when the first run after the last good one ended; null if this run is good
     */
    public record LastRun(
            long id,
            Run.Outcome outcome,
            @Nullable String code,
            @Nullable String reason,
            @Nullable Instant since) {}

    /** The code of its quarantine; null if it has none. */
    public @Nullable String quarantine() {
        return state == null || state.quarantine() == null
                ? null
                : state.quarantine().code().name();
    }

    /** Its devices that are held back, by code. */
    public List<CodeCount> held() {
        return in(Place.HELD);
    }

    /** Its devices that wait for a reason, by code. */
    public List<CodeCount> waiting() {
        return in(Place.WAITING);
    }

    private List<CodeCount> in(Place place) {
        return codes.stream().filter(each -> each.place() == place).toList();
    }

    /** How many of its devices are in doubt. */
    public long inDoubt() {
        return devices.stream()
                .filter(each -> each.position().place() == Place.IN_DOUBT)
                .mapToLong(StepCount::devices)
                .sum();
    }

    /** Since when devices have been in doubt; null if none is. */
    public @Nullable Instant inDoubtSince() {
        return earliest(in(Place.IN_DOUBT));
    }

    /** Since when the first of these devices has been in its place; null if unknown. */
    public static @Nullable Instant earliest(List<CodeCount> codes) {
        return codes.stream()
                .map(CodeCount::since)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
    }

    /** How many of its devices wait because no eSIM is left. */
    public long withoutEsim() {
        return waiting().stream()
                .filter(each -> each.code().equals(ReasonCode.POOL_EXHAUSTED.name()))
                .mapToLong(CodeCount::devices)
                .sum();
    }

    /** How many open dead letters it has. */
    public long openDeadLetters() {
        return deadLetters.stream().mapToLong(DeadLetterCount::open).sum();
    }

    /** The number of its devices by place. */
    public Map<String, Long> devicesByPlace() {
        return counts(devices.stream(), each -> each.position().place().name(), StepCount::devices);
    }

    /** The number of its devices that wait or are in flight, by step. */
    public Map<String, Long> waitingByStep() {
        return counts(
                devices.stream().filter(StepCount::isUnderWay),
                each -> each.position().shownStep(),
                StepCount::devices);
    }

    /** The number of its devices that wait or are in flight, by reason code. */
    public Map<String, Long> waitingByCode() {
        return counts(waiting().stream(), CodeCount::code, CodeCount::devices);
    }

    /** The number of its devices that are held back, by reason code. */
    public Map<String, Long> heldByCode() {
        return counts(held().stream(), CodeCount::code, CodeCount::devices);
    }

    /** The number of its open dead letters by code. */
    public Map<String, Long> openDeadLettersByCode() {
        return counts(
                deadLetters.stream().filter(each -> each.open() > 0), DeadLetterCount::code, DeadLetterCount::open);
    }

    private static <T> Map<String, Long> counts(Stream<T> all, Function<T, String> name, ToLongFunction<T> number) {
        return all.collect(Collectors.groupingBy(name, TreeMap::new, Collectors.summingLong(number)));
    }

    /** When its last good run ended. */
    public Optional<Instant> lastGoodRun() {
        return runs.stream()
                .filter(each -> each.outcome().isGood())
                .map(RunCount::lastEnd)
                .max(Instant::compareTo);
    }

    /** Whether it had good runs and has missed a night since; two hours are slack for a long night. */
    public boolean missedANight(Instant now) {
        return lastGoodRun()
                .filter(last -> last.isBefore(now.minus(A_NIGHT_WITHOUT)))
                .isPresent();
    }
}
