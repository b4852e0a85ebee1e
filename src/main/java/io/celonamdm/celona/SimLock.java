package io.celonamdm.celona;

import io.celonamdm.esim.Imei;
import io.celonamdm.esim.InvalidValue;
import io.celonamdm.esim.ReasonCode;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether an eSIM works in one device only.
 *
 * @param status {@code Enabled}, or {@code Disabled} or empty
 * @param policy {@code ONATTACH} or {@code IMEIMAPPING} for an enabled lock; dropped otherwise
 * @param expectedImei the device that the eSIM is locked to; null for none, dropped unless the lock is enabled
 */
public record SimLock(
        String status, String policy, @Nullable Imei expectedImei) {

    /** The status of an eSIM that is locked. */
    public static final String ENABLED = "Enabled";

    /** The header of the columns. */
    static final List<String> HEADER = List.of("SIMLOCKSTATUS", "SIMLOCKPOLICY", "SIMLOCKEXPECTEDIMEI");

    /** The columns of a device without SIM lock in a CSV with SIM locks. */
    static final List<String> NONE = List.of("", "", "");

    /** The policy that the IMEI goes with, on which Celona's document contradicts itself. */
    public enum ImeiWith {
        /** The table, the first example and the successor of the document. */
        IMEIMAPPING,
        /** The text of its error for invalid SIM-lock parameters. */
        ONATTACH
    }

    /**
     * @throws InvalidValue {@link ReasonCode#SIMLOCK_INVALID} for another status, or an enabled lock without a documented
     *     policy
     */
    public SimLock {
        if (!List.of(ENABLED, "Disabled", "").contains(status)) {
            throw invalid("status \"" + status + "\" is not Enabled, Disabled or empty");
        }
        if (!status.equals(ENABLED)) {
            policy = "";
            expectedImei = null;
        } else if (Stream.of(ImeiWith.values()).map(ImeiWith::name).noneMatch(policy::equals)) {
            throw invalid("an enabled lock needs the policy ONATTACH or IMEIMAPPING, not \"" + policy + "\"");
        }
    }

    /**
     * A lock that has an IMEI if its policy needs one.
     *
     * @param imei what the inventory shows, such as {@code 35 882334 083223 0}; null if it shows none
     * @param imeiWith the policy that the IMEI goes with
     * @throws InvalidValue {@link ReasonCode#SIMLOCK_INVALID} like the constructor, or if the IMEI is needed and missing;
     *     {@link ReasonCode#OTHER} if it is needed and none
     */
    public static SimLock of(String status, String policy, @Nullable String imei, ImeiWith imeiWith) {
        boolean needed = status.equals(ENABLED) && policy.equals(imeiWith.name());
        if (needed && imei == null) {
            throw invalid(policy + " needs the device's IMEI, which the inventory does not show");
        }
        return new SimLock(status, policy, needed && imei != null ? Imei.of(imei) : null);
    }

    /** Whether the eSIM is locked. */
    public boolean isEnabled() {
        return status.equals(ENABLED);
    }

    /** The columns in their documented order. */
    List<String> fields() {
        return List.of(status, policy, expectedImei == null ? "" : expectedImei.value());
    }

    private static InvalidValue invalid(String problem) {
        return new InvalidValue(ReasonCode.SIMLOCK_INVALID, "SIM lock: " + problem);
    }
}
