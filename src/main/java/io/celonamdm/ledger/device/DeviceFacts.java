package io.celonamdm.ledger.device;

import io.celonamdm.ledger.database.SqlArrays;
import io.celonamdm.ledger.database.Times;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What is known of devices from answers: of their commands and of their eSIMs. No device moves by it. */
@Repository
@Transactional
public class DeviceFacts {
    private static final String COMMANDED = """
            push_result = null, commanded_at = :now, pushed_at = coalesce(pushed_at, :now),
            deadline_at = coalesce(deadline_at, :deadline), push_together = null""";

    private final JdbcClient jdbc;
    private final Clock clock;

    DeviceFacts(JdbcClient jdbc, Clock clock) {
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

    /** Records the MDM's ids of the commands that were sent, by device, without moving the devices. */
    public void commanded(Map<Long, String> references, Instant deadline) {
        jdbc.sql(SqlArrays.updateDevices("push_reference = said, " + COMMANDED, "true"))
                .params(SqlArrays.given(references, reference -> reference))
                .param("now", Times.of(clock.instant()))
                .param("deadline", Times.of(deadline))
                .update();
    }

    /** Records that commands without an id were sent, without moving the devices. */
    public void commanded(Collection<Long> ids, Instant deadline) {
        jdbc.sql("update device set push_reference = null, " + COMMANDED + " where id in (:ids)")
                .param("ids", ids)
                .param("now", Times.of(clock.instant()))
                .param("deadline", Times.of(deadline))
                .update();
    }

    /** Records that devices have acknowledged their commands, which needs no further query. */
    public void acknowledged(Collection<Long> ids) {
        jdbc.sql(
                        "update device set push_result = 'ACKNOWLEDGED', push_reference = null, repeats = 0 where id in (:ids)")
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
    public void reached(Collection<Long> ids, boolean activated, boolean grouped) {
        jdbc.sql("""
                        update device set activated_at = case when :activated then coalesce(activated_at, :now) else activated_at end,
                            grouped_at = case when :grouped then coalesce(grouped_at, :now) else grouped_at end
                        where id in (:ids)
                        """)
                .param("activated", activated)
                .param("grouped", grouped)
                .param("now", Times.of(clock.instant()))
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
