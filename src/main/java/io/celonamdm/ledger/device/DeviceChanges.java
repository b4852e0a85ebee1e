package io.celonamdm.ledger.device;

import io.celonamdm.celona.OpCode;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Audit;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Changes a device's state outside its normal steps. A change that a person asks for applies to the device as it was
 * seen: if the device has moved on since, it changes nothing and returns false.
 */
@Repository
@Transactional
public class DeviceChanges {
    private final JdbcClient jdbc;
    private final Audit audit;
    private final DeadLetters deadLetters;
    private final DeviceTransitions transitions;

    DeviceChanges(JdbcClient jdbc, Audit audit, DeadLetters deadLetters, DeviceTransitions transitions) {
        this.jdbc = jdbc;
        this.deadLetters = deadLetters;
        this.audit = audit;
        this.transitions = transitions;
    }

    /** Makes the step of a device due now. */
    public boolean makeDue(DeviceState seen) {
        return transitions.makeDue(seen);
    }

    /** Pushes a device's eSIM again. */
    public boolean push(DeviceState seen) {
        return transitions.pushAgain(seen);
    }

    /**
     * Records that the eSIM is on the device, which goes on at once: at ACTIVATE if something is left to do at Celona.
     *
     * @param op what the sync's activations do
     * @param deadline until when an activation is tried
     */
    public boolean confirm(DeviceState seen, OpCode op, Instant deadline) {
        boolean confirmed = transitions.confirmByHand(seen, op, deadline);
        if (confirmed) {
            deadLetters.over(seen.id());
        }
        return confirmed;
    }

    /** Holds a device back until it is released. */
    public boolean hold(DeviceState seen, String reason) {
        return transitions.holdByHand(seen, reason);
    }

    /** Releases a held device at its step. */
    public boolean release(DeviceState seen) {
        return transitions.release(seen);
    }

    /** Lets a retired device start over: the next plan treats it as a new one. */
    public boolean startOver(DeviceState seen) {
        return transitions.startOver(seen);
    }

    /**
     * Retires a device after a person has deactivated its eSIM at Celona and deleted it on the device. The ICCID and
     * the EID become free, and the connector no longer works on the device.
     */
    public boolean retire(DeviceState seen) {
        boolean retired = transitions.retire(seen);
        if (retired) {
            for (String sql : List.of(
                    "update dead_letter set open_device = null where open_device = :id",
                    "delete from follow_up where device_id = :id",
                    "delete from drift where sync = :sync and eid = :eid")) {
                jdbc.sql(sql)
                        .param("id", seen.id())
                        .param("sync", seen.sync().value())
                        .param("eid", seen.eid().value())
                        .update();
            }
        }
        return retired;
    }

    /**
     * Pushes the eSIM again to each done device that was re-enrolled.
     *
     * @return the EIDs
     */
    public List<Eid> pushReEnrolled(SyncName sync) {
        List<Eid> eids = transitions.pushReEnrolled(sync);
        eids.forEach(eid ->
                audit.note(Audit.CONNECTOR, sync, eid, "push", ReasonCode.RE_ENROLLED.name(), "on-re-enrol is push"));
        return eids;
    }
}
