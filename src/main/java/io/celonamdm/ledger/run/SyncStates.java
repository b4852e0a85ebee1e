package io.celonamdm.ledger.run;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Chunks;
import io.celonamdm.ledger.database.Rows;
import io.celonamdm.ledger.database.Text;
import io.celonamdm.ledger.database.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What the ledger knows of a sync as a whole: its next night, its quarantine, and whether a person has stopped it. */
@Repository
@Transactional
public class SyncStates {
    private final JdbcClient jdbc;
    private final Clock clock;

    public SyncStates(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * A sync's state.
     *
     * @param schedule the cron expression that the next night was computed from
     * @param timeZone the time zone that it was computed in
     * @param nightlyDueAt when the next nightly run is due; null if the schedule has no further time
     * @param quarantine the open circuit breaker; null if it is closed
     * @param stop a person's stop; null if it is not stopped
     */
    public record SyncState(
            String schedule,
            String timeZone,
            @Nullable Instant nightlyDueAt,
            @Nullable Quarantine quarantine,
            @Nullable Stop stop) {
        /** Whether a person has paused the sync. */
        public boolean isPaused() {
            return stop != null && stop.kind() == Stop.Kind.PAUSED;
        }
    }

    /**
     * A person's stop of a sync, which then makes no call that writes.
     *
     * @param kind until when
     * @param reason why
     * @param since when it began
     */
    public record Stop(Kind kind, String reason, Instant since) {
        /** Until when a sync is stopped. */
        public enum Kind {
            /** Until a person resumes it. */
            PAUSED,
            /** Until its next run opens. */
            CANCELLED
        }
    }

    /**
     * An open circuit breaker.
     *
     * @param code why
     * @param reason the same in words
     * @param since when it opened
     * @param until when the next probe is made
     * @param probes how many probes have failed
     * @param origins what must be answered before it is over; empty if an answer to any call will do
     */
    public record Quarantine(
            ReasonCode code, String reason, Instant since, Instant until, int probes, Set<Origin> origins) {
        /** Whether an answer to a call of this origin says that its cause is gone. */
        public boolean isProbedBy(Origin origin) {
            return origins.isEmpty() || origins.contains(origin);
        }
    }

    /** The state of a sync; empty until {@link #schedule} was called for it. */
    @Transactional(readOnly = true)
    public Optional<SyncState> find(SyncName sync) {
        return jdbc.sql("select * from sync where name = :sync")
                .param("sync", sync.value())
                .query((row, number) -> new SyncState(
                        row.getString("schedule"),
                        row.getString("time_zone"),
                        Times.nullable(row, "nightly_due_at"),
                        row.getString("quarantine_code") == null ? null : quarantine(row),
                        stop(row)))
                .optional();
    }

    /** The quarantine of a sync, if any. */
    @Transactional(readOnly = true)
    public Optional<Quarantine> quarantine(SyncName sync) {
        return find(sync).map(SyncState::quarantine);
    }

    public static Quarantine quarantine(ResultSet row) throws SQLException {
        return new Quarantine(
                Rows.code(row.getString("quarantine_code")),
                Rows.text(row.getString("quarantine_code"), row.getString("quarantine_reason")),
                Times.required(row, "quarantined_at"),
                Times.required(row, "quarantine_until"),
                row.getInt("quarantine_probes"),
                origins(row));
    }

    private static Set<Origin> origins(ResultSet row) throws SQLException {
        String names = row.getString("quarantine_origins");
        Set<Origin> origins = EnumSet.noneOf(Origin.class);
        if (names != null) {
            Stream.of(names.split(","))
                    .flatMap(name -> Rows.known(name, Origin.class).stream())
                    .forEach(origins::add);
        }
        return origins;
    }

    private static @Nullable Stop stop(ResultSet row) throws SQLException {
        String kind = row.getString("stopped");
        return kind == null
                ? null
                // a stop that this version does not know is one that a person ends
                : new Stop(
                        Rows.known(kind, Stop.Kind.class).orElse(Stop.Kind.PAUSED),
                        row.getString("stopped_reason"),
                        Times.required(row, "stopped_at"));
    }

    /** Records the schedule of a sync and when its next night is due. */
    public void schedule(SyncName sync, String schedule, String timeZone, @Nullable Instant nightlyDueAt) {
        // replicas that start at the same time insert it once
        jdbc.sql("""
                        insert into sync (name, schedule, time_zone) values (:sync, :schedule, :zone) on conflict do nothing
                        """)
                .param("sync", sync.value())
                .param("schedule", schedule)
                .param("zone", timeZone)
                .update();
        jdbc.sql("update sync set schedule = :schedule, time_zone = :zone, nightly_due_at = :due where name = :sync")
                .param("sync", sync.value())
                .param("schedule", schedule)
                .param("zone", timeZone)
                .param("due", Times.ofNullable(nightlyDueAt))
                .update();
    }

    /**
     * Records by which settings the private-network profile is looked at.
     *
     * @param settings a text of at most 64 characters that is the same for equal settings
     * @return whether they differ from those of the last time
     */
    public boolean profileBy(SyncName sync, String settings) {
        return jdbc.sql("""
                                update sync set profile_by = :settings
                                where name = :sync and (profile_by is null or profile_by <> :settings)
                                """)
                        .param("settings", settings)
                        .param("sync", sync.value())
                        .update()
                == 1;
    }

    /** Records that a replica has these syncs in its settings. */
    public void configured(List<SyncName> syncs) {
        Chunks.of(syncs)
                .forEach(chunk -> jdbc.sql("update sync set configured_at = :now where name in (:syncs)")
                        .param("now", Times.of(clock.instant()))
                        .param("syncs", chunk.stream().map(SyncName::value).toList())
                        .update());
    }

    /** The syncs that a replica has had in its settings since a time. */
    @Transactional(readOnly = true)
    public Set<String> configuredSince(Instant since) {
        return jdbc.sql("select name from sync where configured_at >= :since")
                .param("since", Times.of(since))
                .query(String.class)
                .set();
    }

    /**
     * Opens the circuit breaker, or keeps it open after a failed probe.
     *
     * @param origin what failed, beside what failed before; null if it was not one kind of call
     */
    public void quarantine(SyncName sync, @Nullable Origin origin, ReasonCode code, String reason, Instant until) {
        Set<Origin> origins = origins(sync);
        if (origin != null) {
            origins.add(origin);
        }
        origins(sync, origins);
        jdbc.sql("""
                        update sync set quarantine_probes = case when quarantine_code is null then 0 else quarantine_probes + 1 end,
                            quarantined_at = coalesce(quarantined_at, :now), quarantine_code = :code,
                            quarantine_reason = :reason, quarantine_until = :until
                        where name = :sync
                        """)
                .param("now", Times.of(clock.instant()))
                .param("code", code.name())
                .param("reason", Text.cut(reason, Text.REASON))
                .param("until", Times.of(until))
                .param("sync", sync.value())
                .update();
    }

    /** Records that something else failed, too, while the circuit breaker is open. */
    public void alsoQuarantinedBy(SyncName sync, Origin origin) {
        Set<Origin> origins = origins(sync);
        // an empty set already ends with any answer; one more origin would not make it stricter for the others
        if (!origins.isEmpty() && origins.add(origin)) {
            origins(sync, origins);
        }
    }

    /**
     * Records that calls of an origin are answered again.
     *
     * @return whether that closed the circuit breaker: nothing else keeps it open
     */
    public boolean answered(SyncName sync, Origin origin) {
        Set<Origin> origins = origins(sync);
        if (origins.isEmpty() || origins.equals(Set.of(origin))) {
            release(sync);
            return true;
        }
        if (origins.remove(origin)) {
            origins(sync, origins);
        }
        return false;
    }

    /**
     * The origins of the open quarantine; the sync's row is locked, so that none of two that fail at once is lost. A
     * replica of an older version leaves them behind when it ends a quarantine.
     */
    private Set<Origin> origins(SyncName sync) {
        return jdbc.sql("""
                        select case when quarantine_code is not null then quarantine_origins end as quarantine_origins
                        from sync where name = :sync for update
                        """)
                .param("sync", sync.value())
                .query((row, number) -> origins(row))
                .optional()
                .orElseGet(() -> EnumSet.noneOf(Origin.class));
    }

    private void origins(SyncName sync, Set<Origin> origins) {
        jdbc.sql("update sync set quarantine_origins = :origins where name = :sync")
                .param(
                        "origins",
                        origins.isEmpty()
                                ? null
                                : origins.stream().map(Origin::name).collect(Collectors.joining(",")))
                .param("sync", sync.value())
                .update();
    }

    /** Moves the next probe to another time. */
    public void probeAt(SyncName sync, Instant until) {
        jdbc.sql("update sync set quarantine_until = :until where name = :sync and quarantine_code is not null")
                .param("until", Times.of(until))
                .param("sync", sync.value())
                .update();
    }

    /** Closes the circuit breaker. */
    public void release(SyncName sync) {
        jdbc.sql("""
                        update sync set quarantine_code = null, quarantine_reason = null, quarantined_at = null,
                            quarantine_until = null, quarantine_probes = 0, quarantine_origins = null
                        where name = :sync
                        """).param("sync", sync.value()).update();
    }

    /** Stops a sync, replacing an earlier stop. */
    public void stop(SyncName sync, Stop.Kind kind, String reason) {
        jdbc.sql("update sync set stopped = :kind, stopped_at = :now, stopped_reason = :reason where name = :sync")
                .param("kind", kind.name())
                .param("now", Times.of(clock.instant()))
                .param("reason", Text.cut(reason, Text.REASON))
                .param("sync", sync.value())
                .update();
    }

    /** Resumes a stopped sync. Returns false if it was not stopped. */
    public boolean resume(SyncName sync) {
        return jdbc.sql("""
                                update sync set stopped = null, stopped_at = null, stopped_reason = null
                                where name = :sync and stopped is not null
                                """).param("sync", sync.value()).update() == 1;
    }
}
