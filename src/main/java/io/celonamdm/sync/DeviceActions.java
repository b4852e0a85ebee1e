package io.celonamdm.sync;

import io.celonamdm.ledger.DeviceControl;
import io.celonamdm.ledger.DeviceState;
import io.celonamdm.ledger.DeviceStates;
import io.celonamdm.ledger.Place;
import io.celonamdm.logging.LogScope;
import io.celonamdm.settings.CelonaSettings;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Takes the actions that a person asks for one device, and has its sync take it up at once. */
@Component
public class DeviceActions {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceActions.class);

    private final DeviceStates states;
    private final DeviceControl control;
    private final OnDemand onDemand;
    private final Syncs syncs;
    private final Clock clock;

    DeviceActions(DeviceStates states, DeviceControl control, OnDemand onDemand, Syncs syncs, Clock clock) {
        this.states = states;
        this.control = control;
        this.onDemand = onDemand;
        this.syncs = syncs;
        this.clock = clock;
    }

    /**
     * Takes an action. The device may move on at any moment: the action is taken where it was seen to be possible, or
     * not at all.
     *
     * @param device where the device stands
     * @param reason why, for the audit
     * @return why the action was not taken; null if it was
     */
    public @Nullable String take(DeviceAction action, DeviceState device, String reason) {
        String refusal = action.refusal(device);
        if (refusal != null) {
            return refusal;
        }
        if (!change(action, device, reason)) {
            return "the device has moved on meanwhile; look where it stands, and ask again";
        }
        LogScope.about(
                device.sync(),
                null,
                () -> LOG.info(
                        "an operator asked for {} of a device that was {} at {}",
                        action.word(),
                        device.place(),
                        device.step()));
        onDemand.wake(device.sync());
        return null;
    }

    /**
     * Takes an action for the device of a sync that has an EID.
     *
     * @param eid 32 digits
     * @param reason why, for the audit
     * @return why the action was not taken, also that there is no such device; null if it was
     */
    public @Nullable String take(DeviceAction action, Sync sync, String eid, String reason) {
        DeviceState device = states.find(sync.name(), eid).orElse(null);
        return device == null ? "sync %s has no such device".formatted(sync.name()) : take(action, device, reason);
    }

    /** Where the device stands now. */
    public DeviceState now(DeviceState device) {
        return states.find(device.sync(), device.eid()).orElse(device);
    }

    private CelonaSettings celona(String sync) {
        return syncs.get(sync).celona();
    }

    private boolean change(DeviceAction action, DeviceState device, String reason) {
        String sync = device.sync();
        String eid = device.eid();
        return switch (action) {
            case SYNC -> control.makeDue(sync, eid, reason);
            case PUSH -> control.push(sync, eid, reason);
            case CONFIRM ->
                control.confirm(
                        sync,
                        eid,
                        celona(sync).opCode(),
                        clock.instant().plus(celona(sync).provision().deadline()),
                        reason);
            case HOLD -> control.hold(sync, eid, reason);
            case RELEASE ->
                device.place() == Place.RETIRED
                        ? control.startOver(sync, eid, reason)
                        : control.release(sync, eid, reason);
            case RETIRE -> control.retire(sync, eid, Objects.requireNonNull(device.iccid()), reason);
        };
    }
}
