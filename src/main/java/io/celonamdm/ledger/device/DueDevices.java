package io.celonamdm.ledger.device;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.Step;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Times;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Devices whose step is due. */
@Repository
@Transactional
public class DueDevices {
    private final JdbcClient jdbc;
    private final DeviceTransitions transitions;
    private final Clock clock;

    DueDevices(JdbcClient jdbc, DeviceTransitions transitions, Clock clock) {
        this.jdbc = jdbc;
        this.transitions = transitions;
        this.clock = clock;
    }

    /**
     * Takes devices due at a step into flight, the longest due first.
     *
     * @param alike the column in which the devices of one call must agree, or null
     * @param until devices due up to this time join one that is due now; not those for a command that is sent, nor those
     *     that a vendor has asked to wait
     * @param run the open run that they count for from now on; null leaves them with their earlier run
     * @return the devices; empty if none is due now
     */
    public List<Device> take(
            SyncName sync, Step step, @Nullable Alike alike, Instant until, int limit, @Nullable Long run) {
        return take(sync, step, alike, attempts -> until, limit, run);
    }

    /**
     * The same for waits that grow.
     *
     * @param until the time by the number of attempts: up to that of 0, any device joins the one that is due now, and up
     *     to that of its attempts, any that has been tried at least as often
     */
    public List<Device> take(
            SyncName sync,
            Step step,
            @Nullable Alike alike,
            IntFunction<Instant> until,
            int limit,
            @Nullable Long run) {
        // the parts of a refused batch are sent one by one, so that the result of one can decide about the next
        String due = " from device where sync = :sync and place = 'WAITING' and step = :step and due_at <= :until"
                + " and (part_of is null or not exists (select 1 from device f where f.sync = device.sync"
                + " and f.place = 'IN_FLIGHT' and f.part_of = device.part_of))";
        // a vendor's Retry-After is the earliest time
        String joins = " and (due_at <= :now or coalesce(code, '') <> 'THROTTLED')";
        String order = " order by sync, place, step, due_at, id fetch first ";
        String column = alike == null ? "''" : alike.column;
        Instant now = clock.instant();
        Optional<First> first = jdbc.sql("select " + column + " as alike, attempts" + due + order + "1 row only")
                .param("sync", sync.value())
                .param("step", step.name())
                .param("until", Times.of(now))
                .query((row, number) -> new First(row.getString("alike"), row.getInt("attempts")))
                .optional();
        if (first.isEmpty()) {
            return List.of();
        }
        String like = first.get().alike;
        boolean sent = alike == Alike.ADDRESS && !isQuestion(like);
        Instant soon = sent ? now : until.apply(0);
        Instant latest = sent ? now : until.apply(first.get().attempts);
        List<Long> ids = jdbc.sql("select id" + due + joins + " and " + column + " = :first"
                        + " and (due_at <= :soon or attempts >= :attempts)" + order + ":limit rows only")
                .param("sync", sync.value())
                .param("step", step.name())
                .param("until", Times.of(latest.isBefore(soon) ? soon : latest))
                .param("soon", Times.of(soon))
                .param("attempts", first.get().attempts)
                .param("now", Times.of(now))
                .param("first", like)
                .param("limit", limit)
                .query(Long.class)
                .list();
        if (ids.isEmpty()) {
            // what the first query found was postponed or held before the second
            return List.of();
        }
        transitions.take(sync, ids, run);
        List<Device> taken = jdbc.sql(DeviceRows.SELECT
                        + " where d.id in (:ids) and d.sync = :sync and d.place = 'IN_FLIGHT' order by d.id")
                .param("sync", sync.value())
                .param("ids", ids)
                .query(new DeviceRows())
                .list();
        return withoutErased(taken);
    }

    private record First(String alike, int attempts) {}

    /** Holds devices whose record was erased: nothing says any longer how to name, group or reach them. */
    private List<Device> withoutErased(List<Device> taken) {
        List<Long> erased =
                taken.stream().filter(Device::isErased).map(Device::id).toList();
        if (erased.isEmpty()) {
            return taken;
        }
        transitions.hold(
                erased, ReasonCode.GONE, "the record of the device was erased; it goes on once the MDM shows it again");
        return taken.stream().filter(device -> !device.isErased()).toList();
    }

    private static boolean isQuestion(String address) {
        return address.endsWith("?");
    }

    /** The size of the next push call for devices whose call for several failed; other devices are missing. */
    @Transactional(readOnly = true)
    public Map<Long, Integer> pushedTogether(Collection<Long> ids) {
        Map<Long, Integer> most = new HashMap<>();
        if (!ids.isEmpty()) {
            jdbc.sql("select id, push_together from device where id in (:ids) and push_together is not null")
                    .param("ids", ids)
                    .query(row -> {
                        most.put(row.getLong("id"), row.getInt("push_together"));
                    });
        }
        return most;
    }

    /** Puts back devices that were taken but not worked on. */
    public void putBack(Collection<Long> ids) {
        transitions.putBack(ids);
    }

    /** The column in which the devices of one call must agree. */
    public enum Alike {
        /** One query for one request id. */
        REQUEST("coalesce(request_id, '')"),
        /** One push for one address; devices whose command is queried are kept apart from those that are sent one. */
        ADDRESS("coalesce(smdp_host, '') || case when push_reference is null then '' else '?' end"),
        /** One CSV for one op code and one part of a refused batch. */
        OP_CODE("coalesce(op_code, '') || coalesce(part_of || ':' || part, '')"),
        /** One part of a refused batch. */
        PART("coalesce(part_of || ':' || part, '')");

        private final String column;

        Alike(String column) {
            this.column = column;
        }
    }
}
