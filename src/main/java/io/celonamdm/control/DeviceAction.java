package io.celonamdm.control;

import io.celonamdm.esim.Place;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.Step;
import io.celonamdm.ledger.device.DeviceState;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Actions for one device, and the states of the device that allow them. */
public enum DeviceAction implements Action {
    /** Makes its step due now. */
    SYNC,
    /** Pushes its eSIM again. */
    PUSH,
    /** Confirms that a person has seen its eSIM on it; this ends the wait, whatever became of its command. */
    CONFIRM,
    /** Holds it at its step. */
    HOLD,
    /** Continues it where it was held; a retired one starts over. */
    RELEASE,
    /** Frees its eSIM, which was removed from it, for another device. */
    RETIRE;

    /** Whether the device's state allows the action. */
    public boolean isPossible(DeviceState device) {
        return obstacle(device) == null;
    }

    /**
     * Why the device's state does not allow the action; null if it does. It reads only what {@link
     * io.celonamdm.ledger.device.DeviceTransitions} checks for changes before it changes the device.
     */
    @Nullable
    String obstacle(DeviceState device) {
        if (device.contradictsItself()) {
            return device.reason();
        }
        if (device.place() == Place.IN_FLIGHT) {
            return "a call is being made for the device at %s; ask again in a moment"
                    .formatted(device.position().step());
        }
        if (device.place() == Place.IN_DOUBT) {
            return "it is in doubt (%s) whether Celona took a call for the device, which must be decided first"
                    .formatted(device.code());
        }
        return switch (this) {
            case SYNC ->
                device.place() == Place.WAITING ? null : "nothing is due for the device: it is " + where(device);
            case PUSH -> obstacleToPush(device);
            case CONFIRM ->
                isOnTheWay(device, Place.WAITING, Place.DEAD) && device.iccid() != null
                        ? null
                        : "the device does not wait for its eSIM: it is " + where(device);
            case HOLD ->
                device.place() == Place.WAITING || isHeldOnItsWay(device)
                        ? null
                        : "only a device that goes on by itself can be held: it is " + where(device);
            case RELEASE ->
                isHeld(device, ReasonCode.HELD_BY_OPERATOR) || device.place() == Place.RETIRED
                        ? null
                        : "nobody held the device back: it is " + where(device);
            case RETIRE ->
                device.iccid() == null ? "the device has no eSIM that could be freed: it is " + where(device) : null;
        };
    }

    private static @Nullable String obstacleToPush(DeviceState device) {
        if (device.place() == Place.DEAD) {
            return "the device is %s; a dead letter goes on by a redrive".formatted(where(device));
        }
        if (device.place() == Place.HELD) {
            return "the device is %s; what holds it back must end first".formatted(where(device));
        }
        boolean hasEsim = device.iccid() != null && device.smdpHost() != null;
        return hasEsim && (device.place() == Place.DONE || isOnTheWay(device, Place.WAITING))
                ? null
                : "the device has no eSIM with an SM-DP+ address yet: it is " + where(device);
    }

    private static boolean isOnTheWay(DeviceState device, Place... places) {
        return Set.of(places).contains(device.place())
                && Step.ON_THE_WAY.contains(device.position().step());
    }

    /** Whether the connector holds the device and will release it; without an eSIM, NO_GROUP means a new device. */
    private static boolean isHeldOnItsWay(DeviceState device) {
        return isHeld(device, ReasonCode.GONE)
                || isHeld(device, ReasonCode.LOCK_REQUIRED)
                || isHeld(device, ReasonCode.SIMLOCK_UNSUPPORTED)
                || (isHeld(device, ReasonCode.NO_GROUP) && device.iccid() != null);
    }

    private static boolean isHeld(DeviceState device, ReasonCode code) {
        return device.place() == Place.HELD && device.code() == code;
    }

    private static String where(DeviceState device) {
        String code = device.code() == null ? "" : " with " + device.code();
        return device.position() + code;
    }
}
