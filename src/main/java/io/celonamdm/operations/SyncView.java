package io.celonamdm.operations;

import io.celonamdm.ledger.run.Plans.Plan;
import io.celonamdm.ledger.run.Readings.Proof;
import io.celonamdm.ledger.run.SyncStates.Quarantine;
import io.celonamdm.ledger.run.SyncStates.Stop;
import io.celonamdm.operations.needs.Need;
import io.celonamdm.planning.PoolForecast;
import io.celonamdm.sync.RunReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sync at a glance.
 *
 * @param name the sync's name
 * @param state what it is doing
 * @param platform the MDM platform
 * @param customerId the Celona customer
 * @param nextRun when its next nightly run is due
 * @param nextDue when something of it is due next
 * @param look its looks for new devices between the nights; null if its settings ask for none
 * @param lastGoodRun when its last good run ended
 * @param openRun the id of its open run
 * @param progress what the open run has done so far
 * @param lastRun the run before, with its outcome
 * @param quarantine why it is stopped
 * @param stop a person's stop; null if it is not stopped
 * @param plan the plan that can be approved
 * @param pool how far the customer's eSIMs go for waiting devices and that plan; null if the settings do not say how
 *     many there are
 * @param needs what waits for a person, the most urgent first
 * @param devices the number of devices by place
 * @param waiting the number of waiting devices by step
 * @param waitingFor the number of waiting devices by reason code
 * @param held how many devices are held back, by code
 * @param verified how many devices show the eSIM that they were assigned
 * @param drift the number of devices that have drifted, by code
 * @param deadLetters how many open dead letters it has, by code
 * @param provisioned which devices have shown what Celona means by "Provisioned"; empty while that is unknown
 */
public record SyncView(
        String name,
        State state,
        String platform,
        String customerId,
        @Nullable Instant nextRun,
        @Nullable Instant nextDue,
        @Nullable Look look,
        @Nullable Instant lastGoodRun,
        @Nullable Long openRun,
        @Nullable RunReport progress,
        @Nullable LastRun lastRun,
        @Nullable Quarantine quarantine,
        @Nullable Stop stop,
        @Nullable Plan plan,
        @Nullable PoolForecast pool,
        List<Need> needs,
        Map<String, Long> devices,
        Map<String, Long> waiting,
        Map<String, Long> waitingFor,
        Map<String, Long> held,
        long verified,
        Map<String, Long> drift,
        Map<String, Long> deadLetters,
        List<Proof> provisioned) {

    /** What a sync is doing. */
    public enum State {
        /** Nothing until its next run, or until something becomes due. */
        IDLE,
        /** A run is open. */
        RUNNING,
        /** It makes no call that writes. */
        PAUSED,
        /** Its circuit breaker is open. */
        QUARANTINED;

        /** The most important state, if several apply. */
        public static State of(boolean quarantined, boolean paused, boolean running) {
            if (quarantined) {
                return QUARANTINED;
            }
            if (paused) {
                return PAUSED;
            }
            return running ? RUNNING : IDLE;
        }
    }

    /**
     * The looks of a sync between its nights.
     *
     * @param next when the next one is due; null while it does not look
     * @param last when the last one began
     * @param found how many new devices the last one that was answered has found
     * @param admittedSinceNight how many devices looks have admitted since the last night's plan
     * @param failures how many have failed in a row
     * @param code why the last one failed, or admitted nothing; null if it did neither
     * @param reason the same in words
     */
    public record Look(
            @Nullable Instant next,
            @Nullable Instant last,
            int found,
            int admittedSinceNight,
            int failures,
            @Nullable String code,
            @Nullable String reason) {}

    /** The run that ended last. */
    public record LastRun(
            long id, @Nullable String outcome, @Nullable Instant endedAt) {}
}
