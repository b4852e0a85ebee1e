package io.celonamdm.ledger;

import io.celonamdm.esim.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one sync stood when all were counted.
 *
 * @param state what holds for it as a whole; null if the ledger does not know it
 * @param devices its devices by place and step
 * @param held its devices that are held back, by code
 * @param waiting its devices that wait for a reason, by code
 * @param done how many of its devices have reached DONE; one that left it again still counts
 * @param deadLetters its dead letters by code
 * @param runs its runs that have ended, by outcome
 * @param actions entries of its audit, by action
 * @param lastRun how its latest run ended; null before the first
 * @param inDoubtSince since when the longest of its devices in doubt are; null if none are
 */
public record SyncCounts(
        @Nullable State state,
        List<DeviceCount> devices,
        List<Stuck> held,
        List<Stuck> waiting,
        long done,
        List<DeadCount> deadLetters,
        List<RunCount> runs,
        List<Count> actions,
        @Nullable LastRun lastRun,
        @Nullable Instant inDoubtSince) {

    /** A sync of which the ledger knows nothing. */
    static final SyncCounts NOTHING =
            new SyncCounts(null, List.of(), List.of(), List.of(), 0, List.of(), List.of(), List.of(), null, null);

    private static final Duration A_NIGHT_WITHOUT = Duration.ofHours(26);

    /**
     * A sync as a whole.
     *
     * @param nextRun when its next nightly run is due
     * @param quarantine its quarantine, while it has one
     * @param paused whether a person has paused it
     * @param runOpenedAt when its open run was opened
     * @param runWindowEndsAt until when its open run stays open for work that becomes due
     */
    public record State(
            @Nullable Instant nextRun,
            SyncStates.@Nullable Quarantine quarantine,
            boolean paused,
            @Nullable Instant runOpenedAt,
            @Nullable Instant runWindowEndsAt) {}

    /**
     * Devices in one place at one step.
     *
     * @param due the earliest time at which one of them is due; null if none is due at any time
     */
    public record DeviceCount(
            Place place, Step step, long devices, @Nullable Instant due) {}

    /**
     * Devices that stay where they are, by the reason.
     *
     * @param since when the run was opened that brought the first of them there
     */
    public record Stuck(String code, long devices, @Nullable Instant since) {}

    /**
     * The run that ended last; one that was only a plan is passed over.
     *
     * @param since when the first run ended that was not a good one, after the last good one; null if it was one itself
     */
    public record LastRun(
            long id,
            Run.Outcome outcome,
            @Nullable String code,
            @Nullable String reason,
            @Nullable Instant since) {}

    /** How many of something there are under a name. */
    public record Count(String name, long number) {}

    /**
     * Dead letters by code.
     *
     * @param ever how many there have been
     * @param open how many are open
     * @param since when the first of those that are open failed; null if none is
     */
    public record DeadCount(
            String code, long ever, long open, @Nullable Instant since) {}

    /**
     * Runs that ended in one way.
     *
     * @param lastEnd when the latest of them ended
     */
    public record RunCount(Run.Outcome outcome, long runs, Instant lastEnd) {}

    /** The code of its quarantine; null if it has none. */
    public @Nullable String quarantine() {
        return state == null || state.quarantine() == null
                ? null
                : state.quarantine().code().name();
    }

    /** How many of its devices are in doubt. */
    public long inDoubt() {
        return devices.stream()
                .filter(each -> each.place() == Place.IN_DOUBT)
                .mapToLong(DeviceCount::devices)
                .sum();
    }

    /** How many of its devices wait because no eSIM is left. */
    public long withoutEsim() {
        return waiting.stream()
                .filter(each -> each.code().equals("POOL_EXHAUSTED"))
                .mapToLong(Stuck::devices)
                .sum();
    }

    /** How many open dead letters it has. */
    public long openDeadLetters() {
        return deadLetters.stream().mapToLong(DeadCount::open).sum();
    }

    /** When its last run that ended well was closed. */
    public Optional<Instant> lastGoodRun() {
        return runs.stream()
                .filter(each -> each.outcome().isGood())
                .map(RunCount::lastEnd)
                .max(Instant::compareTo);
    }

    /** Whether it had good runs, and has missed a night since; two hours are the slack for a long one. */
    public boolean missedANight(Instant now) {
        return lastGoodRun()
                .filter(last -> last.isBefore(now.minus(A_NIGHT_WITHOUT)))
                .isPresent();
    }
}
