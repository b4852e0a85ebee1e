package io.celonamdm.control;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Place;
import io.celonamdm.ledger.database.Audit;
import io.celonamdm.ledger.device.DeviceState;
import io.celonamdm.ledger.device.DeviceTransitions;
import io.celonamdm.ledger.report.DeviceStates;
import io.celonamdm.logging.LogScope;
import io.celonamdm.schedule.SyncTrigger;
import io.celonamdm.sync.Sync;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Carries out a person's action for one device, and triggers its sync. */
@Component
public class DeviceControl {
    /** The words with which a person confirms that a device's eSIM may go to another one. */
    public static final String CONFIRMATION = "deactivated and deleted";

    private static final Logger LOG = LoggerFactory.getLogger(DeviceControl.class);

    private final DeviceStates states;
    private final DeviceTransitions transitions;
    private final Audit audit;
    private final SyncTrigger trigger;
    private final TransactionOperations transaction;
    private final Clock clock;

    DeviceControl(
            DeviceStates states,
            DeviceTransitions transitions,
            Audit audit,
            SyncTrigger trigger,
            TransactionOperations transaction,
            Clock clock) {
        this.states = states;
        this.transitions = transitions;
        this.audit = audit;
        this.trigger = trigger;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Finds a device by its EID.
     *
     * @throws RequestRejected if the EID is invalid, or the sync has no such device
     */
    public DeviceState find(Sync sync, String eid) {
        Eid named = Eids.of(eid);
        return states.find(sync.name(), named)
                .orElseThrow(() -> RequestRejected.notFound(
                        "sync %s has no device with the EID %s; its latest plan has not seen it, or left it out with a finding of its run; GET /actuator/devices/%s lists the devices that it has"
                                .formatted(sync.name(), named, sync.name())));
    }

    /**
     * Carries out an action for the device with an EID.
     *
     * @param reason why, for the audit
     * @param confirm {@link #CONFIRMATION}, to retire the device
     * @return the new state of the device
     * @throws RequestRejected if something is missing, there is no such device, or its state does not allow the action
     */
    public DeviceState take(
            DeviceAction action, Sync sync, String eid, @Nullable String reason, @Nullable String confirm) {
        String why = checked(action, reason, confirm);
        return carryOut(action, sync, find(sync, eid), why);
    }

    /** Carries out an action for a device found earlier. If it has moved on since, the action is rejected. */
    public DeviceState take(
            DeviceAction action, Sync sync, DeviceState device, @Nullable String reason, @Nullable String confirm) {
        return carryOut(action, sync, device, checked(action, reason, confirm));
    }

    private static String checked(DeviceAction action, @Nullable String reason, @Nullable String confirm) {
        String why = Reason.required(reason);
        if (action == DeviceAction.RETIRE && !CONFIRMATION.equals(confirm)) {
            throw RequestRejected.invalid(
                    "deactivate the eSIM at Celona, delete it on the device, and confirm it by \"confirm\": \"%s\""
                            .formatted(CONFIRMATION));
        }
        return why;
    }

    private DeviceState carryOut(DeviceAction action, Sync sync, DeviceState device, String reason) {
        String obstacle = action.obstacle(device);
        if (obstacle != null) {
            throw impossible(action, obstacle);
        }
        transaction.executeWithoutResult(status -> {
            if (!change(action, sync, device, reason)) {
                throw impossible(action, "the device has moved on meanwhile; look where it stands, and ask again");
            }
            audit.note(Audit.OPERATOR, sync.name(), device.eid(), action.word(), reason, detail(action, device));
        });
        LogScope.about(
                sync.name(),
                null,
                () -> LOG.info("an operator asked for {} of a device that was {}", action.word(), device.position()));
        trigger.wake(sync);
        return states.find(sync.name(), device.id()).orElse(device);
    }

    private boolean change(DeviceAction action, Sync sync, DeviceState device, String reason) {
        return switch (action) {
            case SYNC -> transitions.makeDue(device);
            case PUSH -> transitions.pushAgain(device);
            case CONFIRM ->
                transitions.confirmByHand(
                        device,
                        sync.celona().opCode(),
                        clock.instant().plus(sync.celona().provision().deadline()));
            case HOLD -> transitions.holdByHand(device, reason);
            case RELEASE ->
                device.place() == Place.RETIRED ? transitions.startOver(device) : transitions.release(device);
            case RETIRE -> transitions.retire(device);
        };
    }

    private static String detail(DeviceAction action, DeviceState device) {
        if (action == DeviceAction.RETIRE) {
            return "freed ICCID " + Objects.requireNonNull(device.iccid());
        }
        return device.place() == Place.RETIRED ? "starts over as a new device" : "";
    }

    private static RequestRejected impossible(DeviceAction action, String why) {
        return RequestRejected.conflict("%s is not possible: %s".formatted(action.word(), why));
    }
}
