package io.celonamdm.settings;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A CSV file that knows EIDs which the MDM does not show, such as those of Windows devices. Its columns are called as
 * {@code mdm.csv.columns} says.
 *
 * @param file path of the file, which is read at each pull; empty for none
 * @param key by what a row and a device are known to be the same
 */
public record EnrichSettings(
        @DefaultValue("") @NotNull String file,
        @DefaultValue("serial-number") @NotNull Key key) {

    /** What a device and a row have in common. */
    public enum Key {
        /** The serial number, compared without case. */
        SERIAL_NUMBER,
        /** The device's name, compared without case. */
        NAME
    }
}
