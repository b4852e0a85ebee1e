package io.celonamdm.ledger.device;

import io.celonamdm.esim.Step;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Finds when work of a sync is due next. */
@Repository
@Transactional(readOnly = true)
public class DueTimes {
    private static final String REDRIVE = "REDRIVE";

    private final JdbcClient jdbc;

    public DueTimes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The earliest due times by kind of work; kinds with nothing waiting are missing.
     *
     * @param steps of devices, by step
     * @param followUps of follow-ups, by kind
     * @param redrive of dead letters that are redriven automatically; null if there are none
     */
    public record Due(
            Map<Step, Instant> steps,
            Map<FollowUps.Kind, Instant> followUps,
            @Nullable Instant redrive) {
        /** All of these times. */
        public Stream<Instant> all() {
            return Stream.of(
                            steps.values(),
                            followUps.values(),
                            Optional.ofNullable(redrive).stream().toList())
                    .flatMap(Collection::stream);
        }
    }

    /** The next due times of the given steps, of follow-ups and of dead letters. */
    public Due next(SyncName sync, Collection<Step> steps) {
        List<String> looks = devices(steps, "");
        for (FollowUps.Kind kind : FollowUps.Kind.values()) {
            looks.add(look(
                    kind.name(),
                    "due_at",
                    "follow_up where sync = :sync and taken = false and kind = '" + kind + "'",
                    "sync, kind, taken, due_at, device_id"));
        }
        looks.add(look(
                REDRIVE,
                "redrive_at",
                "dead_letter where sync = :sync and redrive_at is not null"
                        + " and exists (select 1 from device d where d.id = open_device and d.place = 'DEAD')",
                "sync, redrive_at"));
        Map<String, Instant> times = times(sync, looks);
        return new Due(of(Step.class, times), of(FollowUps.Kind.class, times), times.get(REDRIVE));
    }

    /** The earliest due time of a device that keeps a run open. A device that waits for its phone does not. */
    public Optional<Instant> nextOfRun(SyncName sync, Collection<Step> steps) {
        return times(sync, devices(steps, " and not waits_for_device")).values().stream()
                .min(Instant::compareTo);
    }

    private static List<String> devices(Collection<Step> steps, String condition) {
        return steps.stream()
                .map(step -> look(
                        step.name(),
                        "due_at",
                        "device where sync = :sync and place = 'WAITING' and step = '" + step + "'" + condition,
                        "sync, place, step, due_at, id"))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /**
     * A query that stops at the first row of an index; a minimum would read every row.
     *
     * @param what the name of the time
     * @param time the column of the time
     * @param from the table and the condition
     * @param index the columns of the index
     */
    private static String look(String what, String time, String from, String index) {
        return "(select '%s' as what, %s as due_at from %s order by %s fetch first 1 row only)"
                .formatted(what, time, from, index);
    }

    private Map<String, Instant> times(SyncName sync, List<String> looks) {
        return jdbc
                .sql(String.join(" union all ", looks))
                .param("sync", sync.value())
                .query((row, number) -> Map.entry(row.getString("what"), Times.required(row, "due_at")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static <K extends Enum<K>> Map<K, Instant> of(Class<K> kind, Map<String, Instant> times) {
        Map<K, Instant> of = new EnumMap<>(kind);
        for (K key : kind.getEnumConstants()) {
            Instant time = times.get(key.name());
            if (time != null) {
                of.put(key, time);
            }
        }
        return of;
    }
}
