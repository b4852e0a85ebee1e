package io.celonamdm.settings;

import io.celonamdm.celona.SimLock;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * SIM lock sent with each activation; nothing is sent while the status is empty.
 *
 * @param status {@code Enabled}, {@code Disabled} or empty
 * @param policy {@code ONATTACH}, {@code IMEIMAPPING} or empty; {@code celona.sim-lock-imei} says which of them needs the device's IMEI
 */
public record SimLockSettings(
        @DefaultValue("")
        @NotNull
        @Pattern(regexp = "Enabled|Disabled|", message = "must be Enabled, Disabled or empty")
        String status,

        @DefaultValue("")
        @NotNull
        @Pattern(regexp = "ONATTACH|IMEIMAPPING|", message = "must be ONATTACH, IMEIMAPPING or empty")
        String policy) {

    /** Whether the eSIMs are locked. */
    public boolean isEnabled() {
        return status.equals(SimLock.ENABLED);
    }
}
