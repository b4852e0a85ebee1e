package io.celonamdm.ledger.device;

import io.celonamdm.ledger.database.Times;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What is known of devices from answers: of their commands and of their eSIMs. No device moves by it. */
@Repository
@Transactional
public class DeviceFacts {
    static final String COMMANDED = """
            push_reference = said, push_result = null, commanded_at = :now, pushed_at = coalesce(pushed_at, :now),
            deadline_at = coalesce(deadline_at, :deadline), push_together = null""";

    /** A command that needs no further query. */
    static final String ACKNOWLEDGED = """
            push_result = 'ACKNOWLEDGED', push_reference = null, repeats = 0,
            acknowledged_at = case when push_result = 'ACKNOWLEDGED' then acknowledged_at else :heard end""";

    /** What an activation reached, with the parameters of {@link Reached}. */
    static final String REACHED = """
            activated_at = case when :activated then coalesce(activated_at, :reachedAt) else activated_at end,
            grouped_at = case when :grouped then coalesce(grouped_at, :reachedAt) else grouped_at end""";

    private final JdbcClient jdbc;
    private final Clock clock;

    public DeviceFacts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The command last sent to a device.
     *
     * @param sentAt when it was sent; null if unknown
     * @param repeats how often a command was repeated before
     */
    public record Command(@Nullable Instant sentAt, int repeats) {}

    /** What a call reached for a device at Celona. */
    public record Reached(boolean activated, boolean grouped) {
        /** Neither. */
        public static final Reached NOTHING = new Reached(false, false);
    }

    /** The command last sent to a device. */
    @Transactional(readOnly = true)
    public Command latestCommand(long device) {
        return jdbc.sql("select commanded_at, repeats from device where id = :id")
                .param("id", device)
                .query((row, number) -> new Command(Times.nullable(row, "commanded_at"), row.getInt("repeats")))
                .single();
    }

    /** Forgets a device's command, so that the next push sends another one, and counts the repeat. */
    public void repeatCommand(long device) {
        jdbc.sql("update device set push_reference = null, repeats = repeats + 1 where id = :id")
                .param("id", device)
                .update();
    }

    /**
     * Records that devices were told to fetch their eSIMs, as they are enrolled now, without moving them.
     *
     * @param references the MDM's ids of their commands, by device; a command without one cannot be queried
     */
    public void commanded(Collection<Device> devices, Map<Long, String> references, Instant deadline) {
        if (devices.isEmpty()) {
            return;
        }
        asEnrolled(jdbc, COMMANDED + ", ", "true", devices, references)
                .param("now", Times.of(clock.instant()))
                .param("deadline", Times.of(deadline))
                .update();
    }

    /** Records that the eSIMs were pushed to the devices' current enrolments. */
    public void pushedTo(Collection<Device> devices) {
        asEnrolled(jdbc, "", "true", devices, Map.of()).update();
    }

    /** Changes devices under a condition, each with its own text {@code said}, and records their current enrolments. */
    static StatementSpec asEnrolled(
            JdbcClient jdbc, String set, String where, Collection<Device> devices, Map<Long, String> texts) {
        return jdbc.sql("""
                        merge into device using (
                            select whose, said, enrolled, management, mdm from unnest(cast(:ids as bigint array),
                                cast(:texts as varchar array), cast(:enrolled as varchar array),
                                cast(:management as varchar array), cast(:mdm as varchar array))
                                as g(whose, said, enrolled, management, mdm)) given
                        on (device.id = given.whose) when matched and %s then update set %s
                            enrolled_at = cast(enrolled as timestamp(3) with time zone), management_id = management,
                            pushed_mdm_id = mdm
                        """.formatted(where, set))
                .param("ids", devices.stream().map(Device::id).toArray(Long[]::new))
                .param("texts", texts(devices, device -> texts.get(device.id())))
                .param("enrolled", texts(devices, device -> device.mdm().enrolledAt()))
                .param("management", texts(devices, device -> device.mdm().managementId()))
                .param("mdm", texts(devices, device -> device.mdm().id()));
    }

    private static @Nullable String[] texts(Collection<Device> devices, Function<Device, @Nullable Object> text) {
        return devices.stream()
                .map(text)
                .map(value -> value == null ? null : value.toString())
                .toArray(String[]::new);
    }

    /** Records that devices have acknowledged their commands, if no transition has done so. */
    public void acknowledged(Collection<Long> ids) {
        jdbc.sql("update device set " + ACKNOWLEDGED
                        + " where id in (:ids) and push_result is distinct from 'ACKNOWLEDGED'")
                .param("heard", Times.of(clock.instant()))
                .param("ids", ids)
                .update();
    }

    /** Records that a call for these devices failed: each goes with half as many next time, and then alone. */
    public void pushApart(Collection<Long> ids) {
        jdbc.sql(
                        "update device set push_together = case when push_together is null then :half else 1 end where id in (:ids)")
                .param("half", Math.max(1, ids.size() / 2))
                .param("ids", ids)
                .update();
    }

    /** Forgets the command; the next push sends a new one. */
    public void forgetCommand(long id) {
        jdbc.sql("update device set push_reference = null where id = :id")
                .param("id", id)
                .update();
    }

    /** Records what an activation reached for devices, even if the rest of it failed. */
    public void reached(Collection<Long> ids, Reached reached) {
        jdbc.sql("update device set " + REACHED + " where id in (:ids)")
                .param("activated", reached.activated)
                .param("grouped", reached.grouped)
                .param("reachedAt", Times.of(clock.instant()))
                .param("ids", ids)
                .update();
    }

    /** Records that Celona says "not Provisioned" of eSIMs that were never activated here. */
    public void refused(Collection<Long> ids) {
        jdbc.sql(
                        "update device set refused_at = coalesce(refused_at, :now) where id in (:ids) and activated_at is null")
                .param("now", Times.of(clock.instant()))
                .param("ids", ids)
                .update();
    }

    /** Records that the eSIM was not active after all; it is activated like any other. */
    public void notActive(long id) {
        jdbc.sql("update device set activated_at = null, op_code = null, warning = null where id = :id")
                .param("id", id)
                .update();
    }
}
