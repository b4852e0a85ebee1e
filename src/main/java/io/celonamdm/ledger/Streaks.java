package io.celonamdm.ledger;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.Step;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** How well the calls of a sync have gone, step by step, so that a circuit breaker can tell; kept from firing to firing. */
@Repository
@Transactional
public class Streaks {
    private final JdbcClient jdbc;

    Streaks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What became of the calls at one step.
     *
     * @param run the run for which {@code good} and {@code bad} are counted
     * @param inARow how much has failed since something went well
     * @param good devices that went on in the run
     * @param bad calls that failed as a whole, and devices that became dead letters, in the run
     * @param alike how many devices, one after the other, were refused with the same words
     * @param refusal these words; null if the latest device was not refused
     */
    public record Streak(
            long run,
            int inARow,
            int good,
            int bad,
            int alike,
            @Nullable String refusal) {
        /** Nothing has happened yet. */
        public static final Streak NEW = new Streak(0, 0, 0, 0, 0, null);

        /** With what became of another call; another run counts anew. */
        public Streak and(long call, int goodOnes, int badOnes) {
            int row = goodOnes > 0 ? 0 : inARow + badOnes;
            int same = goodOnes > 0 ? 0 : alike;
            String words = goodOnes > 0 ? null : refusal;
            return call == run
                    ? new Streak(run, row, good + goodOnes, bad + badOnes, same, words)
                    : new Streak(call, row, goodOnes, badOnes, same, words);
        }

        /** With another device that was refused. */
        public Streak refused(String words) {
            return new Streak(run, inARow, good, bad, words.equals(refusal) ? alike + 1 : 1, words);
        }

        /** Counted anew, since the sync has been stopped for it. */
        public Streak over(long call) {
            return new Streak(call, 0, 0, 0, 0, refusal);
        }
    }

    /**
     * Where a device is after a call.
     *
     * @param step its step
     * @param place its place
     * @param code why it is there
     * @param reason the same in words
     */
    public record Standing(
            Step step,
            Place place,
            @Nullable ReasonCode code,
            @Nullable String reason) {}

    /** Where devices are. */
    @Transactional(readOnly = true)
    public List<Standing> standings(Collection<Long> ids) {
        return jdbc.sql("select step, place, code, reason from device where id in (:ids)")
                .param("ids", ids)
                .query(Standing.class)
                .list();
    }

    /** The streaks of a sync. */
    @Transactional(readOnly = true)
    public Map<Step, Streak> of(String sync) {
        Map<Step, Streak> streaks = new EnumMap<>(Step.class);
        jdbc.sql("select * from streak where sync = :sync").param("sync", sync).query(row -> {
            streaks.put(
                    Step.valueOf(row.getString("step")),
                    new Streak(
                            row.getLong("run_id"),
                            row.getInt("in_a_row"),
                            row.getInt("good"),
                            row.getInt("bad"),
                            row.getInt("alike"),
                            row.getString("refusal")));
        });
        return streaks;
    }

    /** Keeps the streaks of a sync. */
    public void keep(String sync, Map<Step, Streak> streaks) {
        streaks.forEach((step, streak) -> jdbc.sql("""
                        merge into streak s using (values (cast(:sync as varchar), cast(:step as varchar))) v (sync, step)
                            on (s.sync = v.sync and s.step = v.step)
                        when matched then update set run_id = :run, in_a_row = :row, good = :good, bad = :bad,
                            alike = :alike, refusal = :refusal
                        when not matched then insert (sync, step, run_id, in_a_row, good, bad, alike, refusal)
                            values (:sync, :step, :run, :row, :good, :bad, :alike, :refusal)
                        """)
                .param("sync", sync)
                .param("step", step.name())
                .param("run", streak.run())
                .param("row", streak.inARow())
                .param("good", streak.good())
                .param("bad", streak.bad())
                .param("alike", streak.alike())
                .param("refusal", streak.refusal())
                .update());
    }
}
