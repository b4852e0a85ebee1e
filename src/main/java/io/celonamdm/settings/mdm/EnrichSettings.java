package io.celonamdm.settings.mdm;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where EIDs come from that the MDM does not show: a CSV file, such as for Windows devices, with columns called as
 * {@code mdm.csv.columns} says; Apple Business Manager for Apple's devices.
 *
 * @param file path of the file, which is read at each pull; empty for none
 * @param key by what a row and a device are known to be the same
 * @param appleBusiness whether Apple Business Manager is asked at each pull, by {@code mdm.apple-business}
 */
public record EnrichSettings(
        @DefaultValue("") @NotNull String file,
        @DefaultValue("serial-number") @NotNull Key key,
        @DefaultValue("false") boolean appleBusiness) {

    /** What a device and a row have in common. */
    public enum Key {
        /** The serial number, compared without case. */
        SERIAL_NUMBER,
        /** The device's name, compared without case. */
        NAME
    }
}
