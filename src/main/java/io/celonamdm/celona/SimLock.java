package io.celonamdm.celona;

import io.celonamdm.esim.Imei;
import io.celonamdm.esim.InvalidValue;
import io.celonamdm.esim.ReasonCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether an eSIM works in one device only. The table, the first example and the successor of Celona's document require
 * the IMEI with {@code IMEIMAPPING}; its error text says the opposite and is ignored.
 *
 * @param status {@code Enabled}, or {@code Disabled} or empty
 * @param policy {@code ONATTACH} or {@code IMEIMAPPING} for an enabled lock; dropped otherwise
 * @param expectedImei the device that the eSIM is locked to; needed for {@code IMEIMAPPING}, dropped otherwise
 */
public record SimLock(
        String status, String policy, @Nullable Imei expectedImei) {

    /** The header of the columns. */
    static final List<String> HEADER = List.of("SIMLOCKSTATUS", "SIMLOCKPOLICY", "SIMLOCKEXPECTEDIMEI");

    /** The columns of a device without SIM lock in a CSV with SIM locks. */
    static final List<String> NONE = List.of("", "", "");

    private static final String ENABLED = "Enabled";
    private static final String ON_ATTACH = "ONATTACH";
    private static final String IMEI_MAPPING = "IMEIMAPPING";

    /**
     * @throws InvalidValue {@link ReasonCode#SIMLOCK_INVALID} for another status, an enabled lock without a documented
     *     policy, or {@code IMEIMAPPING} without an IMEI
     */
    public SimLock {
        if (!List.of(ENABLED, "Disabled", "").contains(status)) {
            throw invalid("status \"" + status + "\" is not Enabled, Disabled or empty");
        }
        if (!status.equals(ENABLED)) {
            policy = "";
        } else if (!List.of(ON_ATTACH, IMEI_MAPPING).contains(policy)) {
            throw invalid("an enabled lock needs the policy ONATTACH or IMEIMAPPING, not \"" + policy + "\"");
        }
        if (!policy.equals(IMEI_MAPPING)) {
            expectedImei = null;
        } else if (expectedImei == null) {
            throw invalid("IMEIMAPPING needs the device's IMEI, which the inventory does not show");
        }
    }

    /** The columns in their documented order. */
    List<String> fields() {
        return List.of(status, policy, expectedImei == null ? "" : expectedImei.value());
    }

    private static InvalidValue invalid(String problem) {
        return new InvalidValue(ReasonCode.SIMLOCK_INVALID, "SIM lock: " + problem);
    }
}
