package io.celonamdm.ledger;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Counts over a sync's devices. */
@Repository
@Transactional(readOnly = true)
public class DeviceCounts {
    // a fleet is mostly done, long since: indexes leave those devices out
    private static final String REACHED = """
            select count(case when d.created_at >= :since and d.owned_eid is not null then 1 end) as admitted,
                count(case when d.assigned_at >= :since then 1 end) as assigned,
                count(case when d.pushed_at >= :since then 1 end) as pushed,
                count(case when d.activated_at >= :since then 1 end) as activated,
                count(case when d.grouped_at >= :since then 1 end) as grouped,
                count(case when d.done_at >= :since then 1 end) as done
            from %s
            """;

    private static final String IN_PLACES =
            SqlArrays.PLACES + " join device d on d.sync = :sync and d.place = wanted.place";
    private static final String DONE_SINCE =
            "device d where d.sync = :sync and d.place = 'DONE' and d.done_at >= :since";

    private final JdbcClient jdbc;

    DeviceCounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * How many devices reached what since a time.
     *
     * @param admitted devices that a plan admitted
     * @param assigned devices that got an eSIM
     * @param pushed devices whose first command was sent
     * @param activated devices whose eSIM became active
     * @param grouped devices that joined their group
     * @param done devices with nothing left to do
     */
    public record Reached(int admitted, int assigned, int pushed, int activated, int grouped, int done) {}

    /** How many devices of a sync reached what since a time. */
    public Reached reachedSince(String sync, Instant since) {
        return jdbc.sql("""
                        select sum(admitted) as admitted, sum(assigned) as assigned, sum(pushed) as pushed,
                            sum(activated) as activated, sum(grouped) as grouped, sum(done) as done
                        from (%s union all %s) reached
                        """.formatted(REACHED.formatted(IN_PLACES), REACHED.formatted(DONE_SINCE)))
                .param("places", SqlArrays.places(Stream.of(Place.values()).filter(place -> place != Place.DONE)))
                .param("since", Times.of(since))
                .param("sync", sync)
                .query(Reached.class)
                .single();
    }

    /** How many devices wait at or are at work on which step. */
    public Map<String, Long> waitingByStep(String sync) {
        return counts(jdbc.sql("select d.step as name, count(*) as devices from " + IN_PLACES + " group by d.step")
                .param("places", SqlArrays.places(Stream.of(Place.WAITING, Place.IN_FLIGHT)))
                .param("sync", sync));
    }

    /** How many devices are in which place. */
    public Map<String, Long> byPlace(String sync) {
        return count("select place as name, count(*) as devices from device where sync = :sync group by place", sync);
    }

    /** How many devices of a sync are in doubt. */
    public long inDoubt(String sync) {
        return jdbc.sql("select count(*) from device where sync = :sync and place = 'IN_DOUBT'")
                .param("sync", sync)
                .query(Long.class)
                .single();
    }

    /** How many devices are held back, by code. */
    public Map<String, Long> heldByCode(String sync) {
        return count(
                "select code as name, count(*) as devices from device"
                        + " where sync = :sync and place = 'HELD' group by code",
                sync);
    }

    /** How many devices that were admitted are held because the rules do not let them in any more. */
    public int ruledOut(String sync) {
        return jdbc.sql("""
                        select count(*) from device where sync = :sync and place = 'HELD' and step <> 'ASSIGN'
                            and code in ('OUT_OF_SCOPE', 'NO_GROUP')
                        """).param("sync", sync).query(Integer.class).single();
    }

    /** How many devices wait at or are at work on their step for which reason; those without one are left out. */
    public Map<String, Long> waitingByCode(String sync) {
        return counts(jdbc.sql("select d.code as name, count(*) as devices from " + IN_PLACES
                        + " and d.code is not null group by d.code")
                .param("places", SqlArrays.places(Stream.of(Place.WAITING, Place.IN_FLIGHT)))
                .param("sync", sync));
    }

    /** How many devices of a sync were admitted and wait for an eSIM, or for its ICCID. */
    public long withoutEsim(String sync) {
        return jdbc.sql("select count(*) from " + IN_PLACES + " and d.step in ('ASSIGN', 'AWAIT') and d.iccid is null")
                .param("places", SqlArrays.places(Stream.of(Place.WAITING, Place.IN_FLIGHT)))
                .param("sync", sync)
                .query(Long.class)
                .single();
    }

    /** How many devices could still be worked on, and wait neither for their phone nor for an eSIM. */
    public long unfinished(String sync) {
        return jdbc.sql("select count(*) from " + IN_PLACES + " and not d.waits_for_device")
                .param("places", SqlArrays.places(Stream.of(Place.WAITING, Place.IN_FLIGHT)))
                .param("sync", sync)
                .query(Long.class)
                .single();
    }

    /** How many devices are done although something small failed, by code. */
    public Map<String, Long> warningsByCode(String sync, Instant since) {
        return countSince(
                "select d.code as name, count(*) as devices from " + DONE_SINCE
                        + " and d.code is not null group by d.code",
                sync,
                since);
    }

    /** How many devices became dead letters since a time, by code. */
    public Map<String, Long> deadSince(String sync, Instant since) {
        return countSince(
                "select code as name, count(*) as devices from dead_letter where sync = :sync"
                        + " and open_device is not null and last_at >= :since group by code",
                sync,
                since);
    }

    /** How many open dead letters have failed for the first time since a time. */
    public long newlyDead(String sync, Instant since) {
        return jdbc.sql("""
                        select count(*) from dead_letter where sync = :sync and open_device is not null
                            and first_at >= :since
                        """)
                .param("sync", sync)
                .param("since", Times.of(since))
                .query(Long.class)
                .single();
    }

    private Map<String, Long> count(String sql, String sync) {
        return counts(jdbc.sql(sql).param("sync", sync));
    }

    private Map<String, Long> countSince(String sql, String sync, Instant since) {
        return counts(jdbc.sql(sql).param("sync", sync).param("since", Times.of(since)));
    }

    private static Map<String, Long> counts(StatementSpec statement) {
        Map<String, Long> counts = new TreeMap<>();
        statement.query(row -> {
            counts.put(row.getString("name"), row.getLong("devices"));
        });
        return counts;
    }
}
