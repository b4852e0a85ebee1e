package io.celonamdm.ledger.report;

import io.celonamdm.esim.Place;
import io.celonamdm.esim.Step;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.SqlArrays;
import io.celonamdm.ledger.database.Times;
import io.celonamdm.ledger.device.DeviceConditions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Counts the devices of one sync, where a whole snapshot would be too much. */
@Repository
@Transactional(readOnly = true)
public class DeviceCounts {
    // most of a fleet was done long ago: indexes leave those devices out
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

    private static final String DEAD_LETTERS = "dead_letter where sync = :sync and open_device is not null";
    private static final List<Place> ON_THEIR_WAY = List.of(Place.WAITING, Place.IN_FLIGHT);

    private final JdbcClient jdbc;

    DeviceCounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The number of devices that reached each milestone since a time.
     *
     * @param admitted devices that a plan admitted
     * @param assigned devices that got an eSIM
     * @param pushed devices whose first command was sent
     * @param activated devices whose eSIM became active
     * @param grouped devices that joined their group
     * @param done devices with nothing left to do
     */
    public record Reached(int admitted, int assigned, int pushed, int activated, int grouped, int done) {}

    /** Counts a sync's devices by the milestones that they reached since a time. */
    public Reached reachedSince(SyncName sync, Instant since) {
        return jdbc.sql("""
                        select sum(admitted) as admitted, sum(assigned) as assigned, sum(pushed) as pushed,
                            sum(activated) as activated, sum(grouped) as grouped, sum(done) as done
                        from (%s union all %s) reached
                        """.formatted(REACHED.formatted(IN_PLACES), REACHED.formatted(DONE_SINCE)))
                .param("places", SqlArrays.places(Stream.of(Place.values()).filter(place -> place != Place.DONE)))
                .param("since", Times.of(since))
                .param("sync", sync.value())
                .query(Reached.class)
                .single();
    }

    /** The number of devices that wait or are in flight, by step. */
    public Map<String, Long> waitingByStep(SyncName sync) {
        return byName(
                "select d.step as name, count(*) as number from " + IN_PLACES + " group by d.step", sync, ON_THEIR_WAY);
    }

    /** The number of devices that wait or are in flight, by reason code; those without one are left out. */
    public Map<String, Long> waitingByCode(SyncName sync) {
        return byCode(sync, ON_THEIR_WAY);
    }

    /** How many devices are held back, by code. */
    public Map<String, Long> heldByCode(SyncName sync) {
        return byCode(sync, List.of(Place.HELD));
    }

    private Map<String, Long> byCode(SyncName sync, List<Place> places) {
        return byName(
                "select d.code as name, count(*) as number from " + IN_PLACES
                        + " and d.code is not null group by d.code",
                sync,
                places);
    }

    /** How many devices are in doubt. */
    public long inDoubt(SyncName sync) {
        return number("", sync, List.of(Place.IN_DOUBT));
    }

    /** The number of admitted devices held because the rules no longer let them in. */
    public int ruledOut(SyncName sync) {
        return number("and d.step <> 'ASSIGN' and d.code in ('OUT_OF_SCOPE', 'NO_GROUP')", sync, List.of(Place.HELD));
    }

    /** The number of admitted devices that wait for an eSIM or its ICCID. */
    public long withoutEsim(SyncName sync) {
        return number(
                "and d.step in " + DeviceConditions.in(Step.BEFORE_ESIM) + " and d.iccid is null", sync, ON_THEIR_WAY);
    }

    /** The number of devices with work left that wait neither for their phone nor for an eSIM. */
    public long unfinished(SyncName sync) {
        return number("and not d.waits_for_device", sync, ON_THEIR_WAY);
    }

    /** How many devices show the eSIM that they were assigned. */
    public long verified(SyncName sync) {
        return jdbc.sql("select count(*) from device where sync = :sync and place = 'DONE' and verified_at is not null")
                .param("sync", sync.value())
                .query(Long.class)
                .single();
    }

    private int number(String condition, SyncName sync, List<Place> places) {
        return jdbc.sql("select count(*) from " + IN_PLACES + " " + condition)
                .param("places", SqlArrays.places(places.stream()))
                .param("sync", sync.value())
                .query(Integer.class)
                .single();
    }

    /** The number of devices done with a warning, by code. */
    public Map<String, Long> warningsSince(SyncName sync, Instant since) {
        return byName(jdbc.sql("select d.code as name, count(*) as number from " + DONE_SINCE
                        + " and d.code is not null group by d.code")
                .param("sync", sync.value())
                .param("since", Times.of(since)));
    }

    /** How many open dead letters there are, by code. */
    public Map<String, Long> deadLettersByCode(SyncName sync) {
        return byName(jdbc.sql("select code as name, count(*) as number from " + DEAD_LETTERS + " group by code")
                .param("sync", sync.value()));
    }

    /** How many open dead letters have failed since a time, by code. */
    public Map<String, Long> deadLettersSince(SyncName sync, Instant since) {
        return byName(jdbc.sql("select code as name, count(*) as number from " + DEAD_LETTERS
                        + " and last_at >= :since group by code")
                .param("sync", sync.value())
                .param("since", Times.of(since)));
    }

    /** The number of open dead letters that first failed since a time. */
    public long newDeadLetters(SyncName sync, Instant since) {
        return jdbc.sql("select count(*) from " + DEAD_LETTERS + " and first_at >= :since")
                .param("sync", sync.value())
                .param("since", Times.of(since))
                .query(Long.class)
                .single();
    }

    /** How many devices differ from what they were sent, by code. */
    public Map<String, Long> driftByCode(SyncName sync) {
        return byName(jdbc.sql("select code as name, count(*) as number from drift where sync = :sync group by code")
                .param("sync", sync.value()));
    }

    /** How many inventory records of a run's pull have a finding, by code. */
    public Map<String, Long> findingsByCode(long run) {
        return byName(jdbc.sql("select code as name, records as number from finding_count where run_id = :run")
                .param("run", run));
    }

    private Map<String, Long> byName(String sql, SyncName sync, List<Place> places) {
        return byName(jdbc.sql(sql).param("sync", sync.value()).param("places", SqlArrays.places(places.stream())));
    }

    private static Map<String, Long> byName(StatementSpec statement) {
        Map<String, Long> numbers = new TreeMap<>();
        statement.query(row -> {
            numbers.put(row.getString("name"), row.getLong("number"));
        });
        return numbers;
    }
}
