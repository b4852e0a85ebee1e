package io.celonamdm.ledger.device;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.esim.Step;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Times;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds devices, and records what is known of them and how their steps end. Each method is one transaction, or part of
 * the caller's.
 */
@Repository
@Transactional
public class Devices {
    private final JdbcClient jdbc;
    private final DeviceTransitions transitions;
    private final Clock clock;

    Devices(JdbcClient jdbc, DeviceTransitions transitions, Clock clock) {
        this.jdbc = jdbc;
        this.transitions = transitions;
        this.clock = clock;
    }

    /** One device of a sync, by its EID. */
    public Optional<Device> find(SyncName sync, Eid eid) {
        return jdbc.sql(DeviceRows.SELECT + " where d.sync = :sync and d.eid = :eid")
                .param("sync", sync.value())
                .param("eid", eid.value())
                .query(new DeviceRows())
                .optional();
    }

    /** Records the name and group that go out to Celona for the device. */
    public void called(long id, String name, String group) {
        jdbc.sql("update device set name = :name, device_group = :group where id = :id")
                .param("name", name)
                .param("group", group)
                .param("id", id)
                .update();
    }

    /**
     * Records that Celona accepted the assignment; its outcome is asked for from {@code due} until the deadline. Until
     * it is known, a device for which no eSIM was left still waits for one.
     */
    public void requested(
            Collection<Long> ids, String requestId, @Nullable SmdpAddress smdp, Instant due, Instant deadline) {
        transitions.await(ids, requestId, smdp, due, deadline);
    }

    /** Records that Celona has assigned an eSIM. */
    public void assigned(long id, Iccid iccid) {
        transitions.assign(id, iccid);
    }

    /** Records the MDM's id of the command that was sent, without moving the device. */
    public void commanded(long id, @Nullable String reference, Instant deadline) {
        jdbc.sql("""
                        update device set push_reference = :reference, push_result = null, commanded_at = :now,
                            pushed_at = coalesce(pushed_at, :now), deadline_at = coalesce(deadline_at, :deadline)
                        where id = :id
                        """)
                .param("reference", reference)
                .param("now", Times.of(clock.instant()))
                .param("deadline", Times.of(deadline))
                .param("id", id)
                .update();
    }

    /** Records that the device has acknowledged its command, which needs no further query. */
    public void acknowledged(long id) {
        jdbc.sql("update device set push_result = 'ACKNOWLEDGED', push_reference = null, repeats = 0 where id = :id")
                .param("id", id)
                .update();
    }

    /** Forgets the command; the next push sends a new one. */
    public void forgetCommand(long id) {
        jdbc.sql("update device set push_reference = null where id = :id")
                .param("id", id)
                .update();
    }

    /** Records that the device was told where its eSIM is. The eSIM is activated next. */
    public void pushed(long id, Instant due) {
        transitions.activate(List.of(id), due);
    }

    /** Retries a step of the devices later; it may be an earlier step that must be looked at first. */
    public void later(
            Collection<Long> ids,
            Step step,
            Instant due,
            @Nullable ReasonCode code,
            String reason,
            boolean waitsForDevice) {
        transitions.retry(ids, step, due, code, reason, waitsForDevice);
    }

    /** Records what an activation reached, even if the rest of it failed. */
    public void reached(long id, boolean activated, boolean grouped) {
        jdbc.sql("""
                        update device set activated_at = case when :activated then coalesce(activated_at, :now) else activated_at end,
                            grouped_at = case when :grouped then coalesce(grouped_at, :now) else grouped_at end
                        where id = :id
                        """)
                .param("activated", activated)
                .param("grouped", grouped)
                .param("now", Times.of(clock.instant()))
                .param("id", id)
                .update();
    }

    /**
     * Records that the eSIM is active, but perhaps not in its group: only that is done next.
     *
     * @param warning what is unusual about that; null keeps what is known
     */
    public void regroup(long id, Instant due, @Nullable ReasonCode warning) {
        transitions.regroup(id, due, warning);
    }

    /** Records that Celona says "not Provisioned" of an eSIM that was never activated here. */
    public void refused(long id) {
        jdbc.sql("update device set refused_at = coalesce(refused_at, :now) where id = :id and activated_at is null")
                .param("now", Times.of(clock.instant()))
                .param("id", id)
                .update();
    }

    /** Records that the eSIM was not active after all; it is activated like any other. */
    public void notActive(long id) {
        jdbc.sql("update device set activated_at = null, op_code = null, warning = null where id = :id")
                .param("id", id)
                .update();
    }

    /**
     * Records that the eSIM is active, and waits for a sign of the device.
     *
     * @param due when the MDM is asked for it, or when the wait ends
     * @param deadline when the wait ends
     * @param waitsForDevice whether nobody can do more than wait
     * @param warning what is unusual about the activation; null keeps what is known
     */
    public void confirm(long id, Instant due, Instant deadline, boolean waitsForDevice, @Nullable ReasonCode warning) {
        transitions.confirm(id, due, deadline, waitsForDevice, warning);
    }

    /** Records that nothing is left to do for the device. */
    public void done(long id, @Nullable ReasonCode warning) {
        transitions.finish(id, warning);
    }

    /** Holds devices back at their step. */
    public void hold(Collection<Long> ids, ReasonCode code, String reason) {
        transitions.hold(ids, code, reason);
    }

    /** Puts devices in doubt: the answer to a call that must not be repeated never came. */
    public void doubt(Collection<Long> ids, ReasonCode code, String reason) {
        transitions.putInDoubt(ids, code, reason);
    }
}
