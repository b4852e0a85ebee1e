package io.celonamdm.simulator.celona;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The SIM lock fields of a row. The field table of "Bulk Device Activation" and its example put the IMEI with
 * IMEIMAPPING, the text of its error with ONATTACH; the settings say which of them holds.
 */
record SimLock(String status, String policy, String imei) {
    static final SimLock NONE = new SimLock("", "", "");
    private static final Set<String> POLICIES = Set.of("ONATTACH", "IMEIMAPPING");
    private static final Pattern IMEI = Pattern.compile("[0-9]{15}");

    static SimLock of(List<String> fields) {
        return new SimLock(fields.get(0), fields.get(1), fields.get(2));
    }

    /** The reason for which the row is refused, if it is. */
    Optional<String> refusal(CelonaSettings settings) {
        if (!valid(settings.imeiWith())) {
            return Optional.of(Reason.SIM_LOCK_INVALID);
        }
        if (enabled() && !settings.simLockSupported()) {
            return Optional.of(Reason.SIM_LOCK_UNSUPPORTED);
        }
        return !enabled() && settings.lockRequired() ? Optional.of(Reason.LOCK_REQUIRED) : Optional.empty();
    }

    private boolean enabled() {
        return status.equals("Enabled");
    }

    private boolean valid(String imeiWith) {
        return switch (status) {
            case "", "Disabled" -> true;
            case "Enabled" ->
                POLICIES.contains(policy)
                        && (policy.equals(imeiWith) ? IMEI.matcher(imei).matches() : imei.isEmpty());
            default -> false;
        };
    }
}
