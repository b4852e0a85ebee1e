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

/** Whether channels get through to people. */
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
     * @param lastTold when it told something last
     * @param waiting how many notices it could not tell yet
     * @param failure why the oldest of them could not be told
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

    /** How many notices of the last day each channel could not tell, given up or tried again; 0 for one that could. */
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
