package io.celonamdm.ledger.report;

import io.celonamdm.ledger.database.Times;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Knows whether channels reach people. */
@Repository
@Transactional(readOnly = true)
public class Channels {
    private static final Duration LATE = Duration.ofHours(24);

    private final JdbcClient jdbc;
    private final Clock clock;

    Channels(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Whether a channel delivers its notices.
     *
     * @param lastTold when it last delivered a notice
     * @param waiting the number of notices not delivered yet
     * @param failure why the oldest of them was not delivered
     */
    public record Delivery(
            @Nullable Instant lastTold,
            long waiting,
            @Nullable String failure) {}

    /** Whether a channel delivers its notices. */
    public Delivery delivery(String channel) {
        return jdbc.sql("""
                        select max(told_at) as last_told, count(due_at) as waiting,
                            (select f.failure from notice f where f.id = (select min(o.id) from notice o
                                where o.channel = :channel and o.due_at is not null)) as failure
                        from notice where channel = :channel
                        """)
                .param("channel", channel)
                .query((row, number) -> new Delivery(
                        Times.nullable(row, "last_told"), row.getLong("waiting"), row.getString("failure")))
                .single();
    }

    /** Undelivered notices of the last day by channel, given up or retried; 0 if all were delivered. */
    public Map<String, Long> late() {
        Map<String, Long> late = new TreeMap<>();
        jdbc.sql("""
                        select channel, count(case when failure is not null then 1 end) as late from notice
                        where noted_at >= :since group by channel
                        """).param("since", Times.of(clock.instant().minus(LATE))).query(row -> {
            late.put(row.getString("channel"), row.getLong("late"));
        });
        return late;
    }
}
