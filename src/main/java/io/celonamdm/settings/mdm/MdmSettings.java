package io.celonamdm.settings.mdm;

import io.celonamdm.esim.EidCheck;
import io.celonamdm.settings.constraint.WebAddress;
import io.celonamdm.settings.secret.Secret;
import io.celonamdm.settings.secret.Secrets;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.hibernate.validator.constraints.Range;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An MDM tenant.
 *
 * @param platform the platform: {@code jamf}, {@code intune}, {@code csv}, {@code apple-business}, or the name of a platform of your own in
 *     {@code custom-routes}
 * @param baseUrl the tenant's address, such as {@code https://example.jamfcloud.com}
 * @param clientId the API client's id
 * @param clientSecret the API client's secret
 * @param secretExpires the day on which the secret, or the certificate in its place, expires, such as {@code 2026-12-31}, to
 *     be warned ahead of it; empty if it does not, or it is not known
 * @param tokenPath where access tokens are issued, below the base address
 * @param tenantId id or domain of the Entra tenant, for Intune
 * @param loginUrl where Entra issues access tokens, for Intune; other in national clouds
 * @param graphUrl the address of Microsoft Graph, for Intune; other in national clouds
 * @param filter which devices are pulled, in the platform's own filter language; empty pulls all
 * @param pageSize how many devices are asked for at once
 * @param push ways in which the SM-DP+ address goes back to the devices; command, and with Jamf Pro also attribute, by
 *     default
 * @param await when a device goes on to its activation: once the command was sent, or once the device acknowledged it
 * @param repeat when a command is sent again of which the MDM shows nothing
 * @param maxConcurrency how many calls to the tenant are under way at once
 * @param devicesPerCall how many devices one call of the push to Jamf Pro serves; 1 serves each by calls of its own
 * @param eidCheck what a wrong EID check digit means
 * @param attributes names of the extension attributes that are kept up to date
 * @param profile the configuration profile for Apple's private-network settings
 * @param folder the folder that takes the exports of the platform {@code csv}, or one file; with the platform {@code
 *     apple-business}, the folder that gets orders, if its devices do not go over to the sync of their MDM
 * @param csv how the platform {@code csv} reads exports, and what it writes
 * @param enrich where EIDs come from that the MDM does not show
 * @param appleBusiness Apple Business Manager, for the platform {@code apple-business} and for {@code enrich}
 * @param intune what Intune needs beside
 * @param options settings of a platform of your own
 */
public record MdmSettings(
        @NotBlank(message = "missing: the MDM, such as jamf")
        String platform,

        @WebAddress @Nullable URI baseUrl,
        @DefaultValue("") @NotNull String clientId,
        @DefaultValue("") @NotNull @Secret String clientSecret,
        @Nullable LocalDate secretExpires,

        @DefaultValue("/api/v1/oauth/token") @NotBlank String tokenPath,
        @DefaultValue("") @NotNull String tenantId,

        @DefaultValue("https://login.microsoftonline.com") @NotNull @WebAddress
        URI loginUrl,

        @DefaultValue("https://graph.microsoft.com") @NotNull @WebAddress
        URI graphUrl,

        @DefaultValue("") @NotNull String filter,
        @DefaultValue("200") @Range(min = 1, max = 1000) int pageSize,
        @DefaultValue List<@NotNull PushWay> push,
        @DefaultValue("sent") @NotNull CommandProgress await,
        @DefaultValue @NotNull @Valid RepeatSettings repeat,
        @DefaultValue("5") @Range(min = 1, max = 50) int maxConcurrency,
        @DefaultValue("50") @Range(min = 1, max = 500) int devicesPerCall,
        @DefaultValue("warn") @NotNull EidCheck eidCheck,
        @DefaultValue @Valid AttributeSettings attributes,
        @DefaultValue @Valid ProfileSettings profile,
        @DefaultValue("") @NotNull String folder,
        @DefaultValue @Valid CsvSettings csv,
        @DefaultValue @Valid EnrichSettings enrich,
        @DefaultValue @NotNull @Valid AppleBusinessSettings appleBusiness,
        @DefaultValue @NotNull @Valid IntuneSettings intune,
        @DefaultValue Map<String, String> options) {

    /** The platform of Apple Business Manager. */
    public static final String APPLE_BUSINESS = "apple-business";

    /** Pushes to Jamf Pro by command and attribute, to any other platform by command, unless the settings say how. */
    public MdmSettings {
        if (push.isEmpty()) {
            push = "jamf".equals(platform) ? List.of(PushWay.COMMAND, PushWay.ATTRIBUTE) : List.of(PushWay.COMMAND);
        }
    }

    /**
     * The address of a tenant that must have one.
     *
     * @throws IllegalStateException if it has none, which the check of the settings rules out for the shipped platforms
     */
    public URI tenant() {
        if (baseUrl == null) {
            throw new IllegalStateException("mdm.base-url is not set");
        }
        return baseUrl;
    }

    /**
     * Whether the sync makes eSIMs ready ahead of enrolment: its devices go over to the sync of the MDM that shows them.
     */
    public boolean isAheadOfEnrolment() {
        return APPLE_BUSINESS.equals(platform);
    }

    /** Whether nobody can be told here where a device's eSIM is, so that it waits to go over to another sync. */
    public boolean leavesPushToOthers() {
        return isAheadOfEnrolment() && folder.isBlank();
    }

    /** How long the MDM may show nothing of a command before one is sent again. */
    public Duration repeatAfter() {
        Duration own = repeat.after();
        return own != null ? own : "jamf".equals(platform) ? Duration.ofMinutes(2) : Duration.ofDays(1);
    }

    /**
     * How many devices one push call serves.
     *
     * @param most how many the platform's route takes
     */
    public int devicesPerCall(int most) {
        return "jamf".equals(platform) ? Math.min(devicesPerCall, most) : most;
    }

    /** The address that most of the platform's calls go to; null if it calls none that is known here. */
    public @Nullable URI host() {
        return switch (platform) {
            case "intune" -> graphUrl;
            case APPLE_BUSINESS -> appleBusiness.baseUrl();
            default -> baseUrl;
        };
    }

    @Override
    public String toString() {
        return Secrets.describe(this);
    }

    /** Ways in which a platform tells a device about its eSIM. */
    public enum PushWay {
        /** An MDM command that makes the device ask the SM-DP+ server for its eSIM. */
        COMMAND,
        /** The address and the eSIM's state, written into the device's inventory record. */
        ATTRIBUTE,
        /** A configuration profile that prefers the private network; it cannot carry the address. */
        PROFILE
    }

    /** How far the command must have come before the eSIM is activated. */
    public enum CommandProgress {
        /** The MDM has taken the command. */
        SENT,
        /** The device has acknowledged the command. */
        ACKNOWLEDGED
    }

    /**
     * When a command is sent again of which the MDM shows nothing.
     *
     * @param after how long the MDM may show nothing of a command that it took, or that a call without an answer may have
     *     sent, before one is sent again; empty is 2 minutes for Jamf Pro, whose servers tell each other within one, and a
     *     day for any other platform: Intune may never list an action that it has carried out
     * @param most how often a command that the MDM took is sent again so
     */
    public record RepeatSettings(
            @Nullable @DurationMin(millis = 0) Duration after,
            @DefaultValue("3") @Range(min = 1, max = 100) int most) {}

    /**
     * Extension attributes, which must exist in the tenant.
     *
     * @param address name of the attribute that takes the SM-DP+ address
     * @param state name of the attribute that takes the eSIM's state
     */
    public record AttributeSettings(
            @DefaultValue("Celona SM-DP+ address") @NotBlank String address,
            @DefaultValue("Celona eSIM state") @NotBlank String state) {}
}
