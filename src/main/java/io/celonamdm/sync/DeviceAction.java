package io.celonamdm.sync;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.Step;
import io.celonamdm.ledger.DeviceState;
import io.celonamdm.ledger.Place;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a person may ask for one device. */
public enum DeviceAction {
    /** Its step is due now. */
    SYNC,
    /** Its eSIM is pushed once more. */
    PUSH,
    /** A person has seen its eSIM on it: nothing more is waited for, whatever became of its command. */
    CONFIRM,
    /** It is held back at its step. */
    HOLD,
    /** It goes on where it was held; one that was retired starts over. */
    RELEASE,
    /** Its eSIM was taken off it, and is free for another device. */
    RETIRE;

    /** What a person writes for an action. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The action of that word, in any case. */
    public static Optional<DeviceAction> of(String word) {
        return Arrays.stream(values())
                .filter(action -> action.word().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** Why the action cannot be taken where the device stands; null if it can. */
    public @Nullable String refusal(DeviceState device) {
        if (device.place() == Place.IN_FLIGHT) {
            return "a call is being made for the device at %s; ask again in a moment".formatted(device.step());
        }
        if (device.place() == Place.IN_DOUBT) {
            return "it is in doubt (%s) whether Celona took a call for the device, which must be decided first"
                    .formatted(device.code());
        }
        return switch (this) {
            case SYNC ->
                device.place() == Place.WAITING ? null : "nothing is due for the device: it is " + where(device);
            case PUSH -> refusalOfPush(device);
            case CONFIRM -> refusalOfConfirmation(device);
            case HOLD -> refusalOfHold(device);
            case RELEASE ->
                isHeldByOperator(device) || device.place() == Place.RETIRED
                        ? null
                        : "nobody held the device back: it is " + where(device);
            case RETIRE ->
                device.iccid() == null ? "the device has no eSIM that could be freed: it is " + where(device) : null;
        };
    }

    private static @Nullable String refusalOfPush(DeviceState device) {
        if (device.place() == Place.DEAD) {
            return "the device is %s; a dead letter goes on by a redrive".formatted(where(device));
        }
        if (device.place() == Place.HELD) {
            return "the device is %s; what holds it back must end first".formatted(where(device));
        }
        if (device.iccid() == null || device.smdpHost() == null) {
            return "the device has no eSIM with an SM-DP+ address yet: it is " + where(device);
        }
        return null;
    }

    private static @Nullable String refusalOfConfirmation(DeviceState device) {
        boolean onItsWay = device.step().compareTo(Step.PUSH) >= 0
                && device.step().compareTo(Step.CONFIRM) <= 0
                && (device.place() == Place.WAITING || device.place() == Place.DEAD);
        return onItsWay && device.iccid() != null
                ? null
                : "no eSIM of the device is waited for: it is " + where(device);
    }

    private static @Nullable String refusalOfHold(DeviceState device) {
        boolean admitted = device.place() == Place.WAITING
                || (device.code() == ReasonCode.GONE && device.place() == Place.HELD)
                || (device.code() == ReasonCode.NO_GROUP && device.iccid() != null);
        return admitted ? null : "only a device that goes on by itself can be held: it is " + where(device);
    }

    private static boolean isHeldByOperator(DeviceState device) {
        return device.place() == Place.HELD && device.code() == ReasonCode.HELD_BY_OPERATOR;
    }

    private static String where(DeviceState device) {
        String code = device.code() == null ? "" : " with " + device.code();
        return "%s at %s%s".formatted(device.place(), device.step(), code);
    }
}
