package io.celonamdm.settings.mdm;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the platform {@code csv} reads exports, and what it writes.
 *
 * @param mode whether the files add to the inventory, or are all of it
 * @param settle how long a file must have been left alone before it is taken; one that grows is not complete
 * @param qr whether QR codes are written for devices that wait for their download
 * @param columns how the columns are called
 * @param orders what stands in the orders
 */
public record CsvSettings(
        @DefaultValue("additions") @NotNull Mode mode,

        @DefaultValue("5s") @NotNull @DurationMin(seconds = 0)
        Duration settle,

        @DefaultValue("true") boolean qr,
        @DefaultValue @Valid ColumnSettings columns,
        @DefaultValue @NotNull @Valid OrderSettings orders) {

    /** What the files in the folder are together. */
    public enum Mode {
        /** New devices, and news of known ones; what they do not show stays. */
        ADDITIONS,
        /** All devices; what they do not show is gone. No file says nothing. */
        FULL
    }

    /**
     * The files that tell another MDM which devices download from where.
     *
     * @param columns their columns, each as {@code Header=template} with the placeholders of {@code device-name}, and
     *     {@code {activation-code}}, {@code {smdp-address}} and {@code {smdp-host}}
     */
    public record OrderSettings(
            @DefaultValue({
                "EID={eid}",
                "Name={name}",
                "Serial number={serial}",
                "SM-DP+ address={smdp-address}",
                "SM-DP+ host={smdp-host}",
                "Activation code={activation-code}",
                "IMEI={imei}"
            })
            @NotEmpty(message = "names no column; leave the key out for the usual ones")
            List<@NotNull String> columns) {}

    /**
     * Names of the columns, of which the first that a file has counts. Case, blanks and punctuation do not matter.
     *
     * @param eid the EID; a file without such a column cannot be read
     * @param name the device's name
     * @param serialNumber the serial number
     * @param model the model
     * @param user the user
     * @param os the operating system
     * @param category the category
     * @param imei the IMEI
     * @param givenIccid the ICCID of the eSIM that the device must get
     * @param iccids ICCIDs that the device has, separated by semicolons
     * @param groups groups that the device is in, separated by semicolons
     */
    public record ColumnSettings(
            @DefaultValue({"EID", "eSIM EID", "EID number", "eUICC ID"}) @NotNull
            List<@NotNull String> eid,

            @DefaultValue({"Name", "Device name", "Display name", "Hostname"}) @NotNull
            List<@NotNull String> name,

            @DefaultValue({"Serial number", "Serial", "Serial no"}) @NotNull
            List<@NotNull String> serialNumber,

            @DefaultValue({"Model", "Device model"}) @NotNull
            List<@NotNull String> model,

            @DefaultValue({"User", "User name", "Assigned user", "Primary user"}) @NotNull
            List<@NotNull String> user,

            @DefaultValue({"OS", "Operating system", "Platform"}) @NotNull
            List<@NotNull String> os,

            @DefaultValue({"Category", "Device category"}) @NotNull
            List<@NotNull String> category,

            @DefaultValue({"IMEI", "IMEI 1"}) @NotNull List<@NotNull String> imei,

            @DefaultValue("ICCID") @NotNull List<@NotNull String> givenIccid,
            @DefaultValue("Current ICCID") @NotNull List<@NotNull String> iccids,

            @DefaultValue({"Group", "Groups", "Device group"}) @NotNull
            List<@NotNull String> groups) {}
}
