package io.celonamdm.ledger.device;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.Step;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Chunks;
import io.celonamdm.ledger.database.KnownRows;
import io.celonamdm.ledger.database.Rows;
import io.celonamdm.ledger.database.SqlArrays;
import io.celonamdm.ledger.database.Text;
import io.celonamdm.ledger.database.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Puts dead letters back to work. The letters stay in the ledger as the device's history. */
@Repository
@Transactional
public class Redrives {
    private static final String SELECT = """
            select l.id, l.sync, d.id as device, l.eid, l.step, l.code, l.reason, l.redrives, l.first_at from dead_letter l
            join device d on d.id = l.open_device where l.sync = :sync and d.place = 'DEAD'
            """;

    private final JdbcClient jdbc;
    private final DeviceTransitions transitions;
    private final Clock clock;

    Redrives(JdbcClient jdbc, DeviceTransitions transitions, Clock clock) {
        this.jdbc = jdbc;
        this.transitions = transitions;
        this.clock = clock;
    }

    /**
     * An open dead letter.
     *
     * @param id the ledger's id of the letter
     * @param device the ledger's id of the device
     * @param eid the eSIM chip
     * @param step the step at which the device failed
     * @param code why
     * @param reason the same in words
     * @param redrives how often the device was redriven from this code at this step before
     * @param firstAt when it first failed this way
     */
    public record Open(
            long id, long device, Eid eid, Step step, ReasonCode code, String reason, int redrives, Instant firstAt) {}

    /** The open dead letters of a sync; a null code selects all. */
    @Transactional(readOnly = true)
    public List<Open> open(SyncName sync, @Nullable ReasonCode code) {
        return jdbc.sql(SELECT + " and (cast(:code as varchar) is null or l.code = :code) order by l.id")
                .param("sync", sync.value())
                .param("code", Text.name(code))
                .query(KnownRows.of(Redrives::map));
    }

    /** The open dead letters of these devices of a sync. */
    @Transactional(readOnly = true)
    public List<Open> open(SyncName sync, Collection<Eid> eids) {
        return Chunks.of(List.copyOf(eids))
                .flatMap(chunk -> jdbc
                        .sql(SELECT + " and l.eid in (:eids) order by l.id")
                        .param("sync", sync.value())
                        .param("eids", List.of(SqlArrays.eids(chunk)))
                        .query(KnownRows.of(Redrives::map))
                        .stream())
                .toList();
    }

    /** The open dead letters of a sync that are due for an automatic redrive, at most 1000. */
    @Transactional(readOnly = true)
    public List<Open> due(SyncName sync) {
        return jdbc.sql(SELECT + " and l.redrive_at <= :now order by l.sync, l.redrive_at fetch first :limit rows only")
                .param("sync", sync.value())
                .param("now", Times.of(clock.instant()))
                .param("limit", Chunks.SIZE)
                .query(KnownRows.of(Redrives::map));
    }

    /** Schedules the automatic redrive of a dead letter; null leaves it to a person. */
    public void schedule(long letter, @Nullable Instant at) {
        jdbc.sql("update dead_letter set redrive_at = :at where id = :id")
                .param("at", Times.ofNullable(at))
                .param("id", letter)
                .update();
    }

    /**
     * Puts a device back to work if its dead letter is still open. Only the first caller has an effect.
     *
     * @param step the step at which it goes on
     * @param due when it goes on
     * @param deadline until when that step is tried; null leaves it to the step
     * @return whether the device goes on
     */
    public boolean redrive(Open letter, Step step, Instant due, @Nullable Instant deadline) {
        return transitions.requeue(letter, step, due, deadline);
    }

    private static Open map(ResultSet row, int number) throws SQLException {
        return new Open(
                row.getLong("id"),
                row.getLong("device"),
                Rows.eid(row),
                Rows.step(row),
                Rows.code(row.getString("code")),
                row.getString("reason"),
                row.getInt("redrives"),
                Times.required(row, "first_at"));
    }
}
