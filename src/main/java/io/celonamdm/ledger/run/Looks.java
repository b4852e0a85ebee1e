package io.celonamdm.ledger.run;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Text;
import io.celonamdm.ledger.database.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The looks of a sync between its nights: when the next one is due, and what the last one found. A look is not a run. */
@Repository("lookTimes")
@Transactional
public class Looks {
    private final JdbcClient jdbc;
    private final Clock clock;

    public Looks(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The looks of a sync.
     *
     * @param dueAt when the next one is due, if the sync may look then; null if its settings ask for none
     * @param at when the last one began
     * @param answeredAt when the last one began that was answered
     * @param found how many devices that one showed which the inventory lacked
     * @param admitted how many devices looks have admitted since the last night's plan
     * @param failures how many have failed since then
     * @param failedAt when the first of these failed
     * @param code why the last one failed, or admitted nothing; null if it did neither
     * @param reason the same in words
     */
    public record Look(
            @Nullable Instant dueAt,
            @Nullable Instant at,
            @Nullable Instant answeredAt,
            int found,
            int admitted,
            int failures,
            @Nullable Instant failedAt,
            @Nullable String code,
            @Nullable String reason) {
        /** From so many failures in a row on, people are told: a short outage ends earlier. */
        public static final int OFTEN = 3;

        /** Whether looks have failed so often that people are told. */
        public boolean isFailing() {
            return failures >= OFTEN;
        }

        /** Whether a guard left the new devices to the next plan. */
        public boolean isHeldBack() {
            return failures == 0 && code != null;
        }
    }

    /** The looks of a sync; empty if the ledger does not know it. */
    @Transactional(readOnly = true)
    public Optional<Look> find(SyncName sync) {
        return jdbc.sql("select * from sync where name = :sync")
                .param("sync", sync.value())
                .query((row, number) -> look(row))
                .optional();
    }

    /** The looks in a row of the table of syncs. */
    public static Look look(ResultSet row) throws SQLException {
        return new Look(
                Times.nullable(row, "look_due_at"),
                Times.nullable(row, "look_at"),
                Times.nullable(row, "look_answered_at"),
                row.getInt("look_found"),
                row.getInt("looks_admitted"),
                row.getInt("look_failures"),
                Times.nullable(row, "look_failed_at"),
                row.getString("look_code"),
                row.getString("look_reason"));
    }

    /** Schedules the first look of a sync, unless its next look is due earlier anyway. */
    public void begin(SyncName sync, Instant first) {
        jdbc.sql("""
                        update sync set look_due_at = :first
                        where name = :sync and (look_due_at is null or look_due_at > :first)
                        """)
                .param("first", Times.of(first))
                .param("sync", sync.value())
                .update();
    }

    /** Ends the looks of a sync, whose settings ask for none any more. */
    public void end(SyncName sync) {
        jdbc.sql("""
                        update sync set look_due_at = null, look_failures = 0, look_failed_at = null, look_code = null,
                            look_reason = null
                        where name = :sync and look_due_at is not null
                        """).param("sync", sync.value()).update();
    }

    /** Brings the next look forward to now, if it waits after this failure. */
    public void lookNow(SyncName sync, ReasonCode code) {
        jdbc.sql("update sync set look_due_at = :now where name = :sync and look_code = :code and look_due_at > :now")
                .param("now", Times.of(clock.instant()))
                .param("sync", sync.value())
                .param("code", code.name())
                .update();
    }

    /**
     * Brings the next look forward.
     *
     * @return false if it is due at that time or earlier anyway, or the sync does not look
     */
    public boolean bringForward(SyncName sync, Instant to) {
        return jdbc.sql("update sync set look_due_at = :to where name = :sync and look_due_at > :to")
                        .param("to", Times.of(to))
                        .param("sync", sync.value())
                        .update()
                == 1;
    }

    /**
     * Takes a due look.
     *
     * @param next when the one after it is due
     * @return false if none is due, because another firing has taken it
     */
    public boolean take(SyncName sync, Instant next) {
        return jdbc.sql("""
                                update sync set look_due_at = :next, look_at = :now
                                where name = :sync and look_due_at <= :now
                                """)
                        .param("next", Times.of(next))
                        .param("now", Times.of(clock.instant()))
                        .param("sync", sync.value())
                        .update()
                == 1;
    }

    /**
     * Records that a look was answered.
     *
     * @param found how many devices it showed that the inventory lacked
     * @param admitted how many of them were admitted
     * @param guard the guard that left them to the night
     * @param reason the same in words
     */
    public void answered(SyncName sync, int found, int admitted, @Nullable ReasonCode guard, @Nullable String reason) {
        jdbc.sql("""
                        update sync set look_answered_at = look_at, look_found = :found,
                            looks_admitted = looks_admitted + :admitted, look_failures = 0, look_failed_at = null,
                            look_code = :code, look_reason = :reason
                        where name = :sync
                        """)
                .param("found", found)
                .param("admitted", admitted)
                .param("code", Text.name(guard))
                .param("reason", reason)
                .param("sync", sync.value())
                .update();
    }

    /** Records a failed look, which is made again at a given time. */
    public void failed(SyncName sync, ReasonCode code, String reason, Instant again) {
        jdbc.sql("""
                        update sync set look_failures = look_failures + 1, look_failed_at = coalesce(look_failed_at, :now),
                            look_code = :code, look_reason = :reason, look_due_at = :again
                        where name = :sync and look_due_at is not null
                        """)
                .param("now", Times.of(clock.instant()))
                .param("code", code.name())
                .param("reason", Text.cut(reason, Text.REASON))
                .param("again", Times.of(again))
                .param("sync", sync.value())
                .update();
    }

    /** Records that a plan has decided about all new devices, those included that a guard left to it. */
    public void planned(SyncName sync) {
        jdbc.sql("update sync set look_code = null, look_reason = null where name = :sync and look_failures = 0")
                .param("sync", sync.value())
                .update();
    }

    /** Begins a new day for the guards, because a plan has admitted devices without them. */
    public void dayBegins(SyncName sync) {
        jdbc.sql("update sync set looks_admitted = 0 where name = :sync and looks_admitted > 0")
                .param("sync", sync.value())
                .update();
    }
}
