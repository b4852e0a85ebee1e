package io.celonamdm.settings.mdm;

import io.celonamdm.settings.secret.Secret;
import io.celonamdm.settings.secret.Secrets;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What Microsoft Intune needs beside the tenant's id and the client's.
 *
 * @param certificateFile file with certificate and private key, PEM or PKCS #12, instead of a client secret
 * @param certificatePassword password of that file; empty if it has none
 * @param tokenFile file with a token of another issuer (workload identity federation), instead of a client secret
 * @param inventory where devices come from: export (one report of the whole tenant) or list (page by page)
 * @param exportTimeout how long a report may take
 * @param exportPoll how often a report is looked after
 * @param completeEids whether a phone or tablet that is shown without an EID is asked for it one by one
 * @param operatingSystems which devices are pulled, by the start of their operating system; empty pulls all
 * @param categories which devices are pulled, by Intune's device category; empty pulls all
 * @param bulk whether one call commands up to 100 devices
 * @param address how the SM-DP+ address is written for each operating system
 * @param windows how Windows devices get the address
 * @param apple which iPhones and iPads get the configuration profile of {@code mdm.profile}
 */
public record IntuneSettings(
        @DefaultValue("") @NotNull String certificateFile,
        @DefaultValue("") @NotNull @Secret String certificatePassword,
        @DefaultValue("") @NotNull String tokenFile,
        @DefaultValue("export") @NotNull Inventory inventory,

        @DefaultValue("15m") @NotNull @DurationMin(seconds = 1)
        Duration exportTimeout,

        @DefaultValue("10s") @NotNull @DurationMin(millis = 1)
        Duration exportPoll,

        @DefaultValue("true") boolean completeEids,
        @DefaultValue List<@NotBlank String> operatingSystems,
        @DefaultValue List<@NotBlank String> categories,
        @DefaultValue("true") boolean bulk,
        @DefaultValue @NotNull @Valid Spelling address,
        @DefaultValue @NotNull @Valid WindowsSettings windows,
        @DefaultValue @NotNull @Valid AppleSettings apple) {

    @Override
    public String toString() {
        return Secrets.describe(this);
    }

    /** Where the devices come from. */
    public enum Inventory {
        /** The report {@code DevicesWithInventory}, which has every device's EID. */
        EXPORT,
        /** The list of managed devices, and each device's hardware record for its EID. */
        LIST
    }

    /**
     * How the SM-DP+ address is written; {@code <host>} stands for its host.
     *
     * @param ios for iPhones and iPads
     * @param android for Android devices
     * @param windows for Windows devices
     */
    public record Spelling(
            @DefaultValue("https://<host>") @NotBlank String ios,
            @DefaultValue("$<host>$") @NotBlank String android,
            @DefaultValue("<host>") @NotBlank String windows) {}

    /**
     * How Windows devices get the address: by a configuration profile.
     *
     * @param group object id of the Entra group that gets the profile; empty leaves Windows devices out
     * @param profile the profile's name
     */
    public record WindowsSettings(
            @DefaultValue("") @NotNull String group,

            @DefaultValue("Celona eSIM download server") @NotBlank
            String profile) {}

    /**
     * Which iPhones and iPads get the configuration profile of {@code mdm.profile}.
     *
     * @param group object id of the Entra group that gets the profile; needed with {@code push: profile}
     * @param addMembers whether devices join the group as they are told about their eSIM; false for a group with dynamic
     *     membership, or one that you fill yourself
     */
    public record AppleSettings(
            @DefaultValue("") @NotNull String group,
            @DefaultValue("true") boolean addMembers) {}
}
