package io.celonamdm.ledger.device;

import io.celonamdm.esim.Place;
import io.celonamdm.esim.Position;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.Step;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.KnownRows;
import io.celonamdm.ledger.database.Rows;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Counts the successes and failures of a sync, step by step, for its circuit breaker. The counts survive a firing. */
@Repository
@Transactional
public class FailureCounters {
    private final JdbcClient jdbc;

    FailureCounters(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Successes and failures at one step.
     *
     * @param run the run for which {@code good} and {@code bad} are counted
     * @param inARow failures since the last success
     * @param good devices that went on in the run
     * @param bad calls that failed as a whole, and devices that became dead letters, in the run
     * @param alike consecutive devices that were refused with the same words
     * @param refusal these words; null if the latest device was not refused
     */
    public record FailureCount(
            long run,
            int inARow,
            int good,
            int bad,
            int alike,
            @Nullable String refusal) {
        /** No success and no failure yet. */
        public static final FailureCount NEW = new FailureCount(0, 0, 0, 0, 0, null);

        /** Adds the outcome of a call; {@code good} and {@code bad} restart with each run. */
        public FailureCount and(long call, int goodOnes, int badOnes) {
            int row = goodOnes > 0 ? 0 : inARow + badOnes;
            int same = goodOnes > 0 ? 0 : alike;
            String words = goodOnes > 0 ? null : refusal;
            return call == run
                    ? new FailureCount(run, row, good + goodOnes, bad + badOnes, same, words)
                    : new FailureCount(call, row, goodOnes, badOnes, same, words);
        }

        /** Adds a refused device. */
        public FailureCount refused(String words) {
            return new FailureCount(run, inARow, good, bad, words.equals(refusal) ? alike + 1 : 1, words);
        }

        /** Restarts the counts after the sync was stopped for them. */
        public FailureCount over(long call) {
            return new FailureCount(call, 0, 0, 0, 0, refusal);
        }
    }

    /**
     * The state of a device after a call.
     *
     * @param position its place and step
     * @param code why it is there
     * @param reason the same in words
     */
    public record DeviceOutcome(
            Position position,
            @Nullable ReasonCode code,
            @Nullable String reason) {
        /** Its place. */
        public Place place() {
            return position.place();
        }
    }

    /** The states of devices after a call. */
    @Transactional(readOnly = true)
    public List<DeviceOutcome> outcomes(Collection<Long> ids) {
        return jdbc.sql("select sync, step, place, code, reason from device where id in (:ids)")
                .param("ids", ids)
                .query(KnownRows.of((row, number) ->
                        new DeviceOutcome(Rows.position(row), Rows.code(row), row.getString("reason"))));
    }

    /** The counts of a sync. */
    @Transactional(readOnly = true)
    public Map<Step, FailureCount> of(SyncName sync) {
        Map<Step, FailureCount> counts = new EnumMap<>(Step.class);
        jdbc.sql("select * from streak where sync = :sync")
                .param("sync", sync.value())
                .query(KnownRows.of((row, number) -> Map.entry(
                        Rows.step(row),
                        new FailureCount(
                                row.getLong("run_id"),
                                row.getInt("in_a_row"),
                                row.getInt("good"),
                                row.getInt("bad"),
                                row.getInt("alike"),
                                row.getString("refusal")))))
                .forEach(count -> counts.put(count.getKey(), count.getValue()));
        return counts;
    }

    /** Stores the counts of a sync. */
    public void keep(SyncName sync, Map<Step, FailureCount> counts) {
        counts.forEach((step, count) -> jdbc.sql("""
                        merge into streak s using (values (cast(:sync as varchar), cast(:step as varchar))) v (sync, step)
                            on (s.sync = v.sync and s.step = v.step)
                        when matched then update set run_id = :run, in_a_row = :row, good = :good, bad = :bad,
                            alike = :alike, refusal = :refusal
                        when not matched then insert (sync, step, run_id, in_a_row, good, bad, alike, refusal)
                            values (:sync, :step, :run, :row, :good, :bad, :alike, :refusal)
                        """)
                .param("sync", sync.value())
                .param("step", step.name())
                .param("run", count.run())
                .param("row", count.inARow())
                .param("good", count.good())
                .param("bad", count.bad())
                .param("alike", count.alike())
                .param("refusal", count.refusal())
                .update());
    }
}
