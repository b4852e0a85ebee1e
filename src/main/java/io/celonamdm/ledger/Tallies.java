package io.celonamdm.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Counts over a sync's devices. */
@Repository
@Transactional(readOnly = true)
public class Tallies {
    // a fleet is mostly done, long since: the index of what was compared tells that without reading the devices
    private static final String REACHED = """
            select count(case when created_at >= :since and owned_eid is not null then 1 end) as admitted,
                count(case when assigned_at >= :since then 1 end) as assigned,
                count(case when pushed_at >= :since then 1 end) as pushed,
                count(case when activated_at >= :since then 1 end) as activated,
                count(case when grouped_at >= :since then 1 end) as grouped,
                count(case when done_at >= :since then 1 end) as done
            from device where sync = :sync
            """;
    private static final List<String> NOT_DONE = Stream.of(Place.values())
            .filter(place -> place != Place.DONE)
            .map(Place::name)
            .toList();

    private final JdbcClient jdbc;

    Tallies(JdbcClient jdbc) {
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
                        from (%s and place in (:places)
                            union all %s and place = 'DONE' and compared in (true, false) and done_at >= :since) reached
                        """.formatted(REACHED, REACHED))
                .param("places", NOT_DONE)
                .param("since", Times.of(since))
                .param("sync", sync)
                .query(Reached.class)
                .single();
    }

    /** How many devices wait at or are at work on which step. */
    public Map<String, Long> waitingByStep(String sync) {
        return count(
                "select step as name, count(*) as devices from device"
                        + " where sync = :sync and place in ('WAITING', 'IN_FLIGHT') group by step",
                sync);
    }

    /** How many devices are in which place. */
    public Map<String, Long> byPlace(String sync) {
        return count("select place as name, count(*) as devices from device where sync = :sync group by place", sync);
    }

    /** How many devices of a sync came into doubt in a run. */
    public long inDoubtOf(String sync, long run) {
        return jdbc.sql("select count(*) from device where sync = :sync and place = 'IN_DOUBT' and run_id = :run")
                .param("sync", sync)
                .param("run", run)
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

    /** How many devices are done although something small failed, by code. */
    public Map<String, Long> warningsByCode(String sync, Instant since) {
        return countSince(
                "select code as name, count(*) as devices from device where sync = :sync and place = 'DONE'"
                        + " and compared in (true, false) and done_at >= :since and code is not null group by code",
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

    private Map<String, Long> count(String sql, String sync) {
        return countSince(sql, sync, Instant.EPOCH);
    }

    private Map<String, Long> countSince(String sql, String sync, Instant since) {
        Map<String, Long> counts = new TreeMap<>();
        jdbc.sql(sql).param("sync", sync).param("since", Times.of(since)).query(row -> {
            counts.put(row.getString("name"), row.getLong("devices"));
        });
        return counts;
    }
}
