package io.celonamdm.settings;

import io.celonamdm.settings.constraint.SyncName;
import io.celonamdm.settings.secret.Secret;
import io.celonamdm.settings.secret.Secrets;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A channel by which people are notified.
 *
 * @param to where it leads: any Camel endpoint, such as {@code https://…} or {@code smtps://…}; it may hold a secret
 * @param template the file that words a notice: one in {@code config/templates}, or one that the connector brings
 * @param occasions what it tells of
 * @param syncs the syncs that it tells of; empty tells of all
 * @param digest when the digest is sent, as a Quartz cron expression
 * @param timeZone the zone of that schedule, and of times in notices
 * @param signingSecret what each message to an {@code https} address is signed with; at least 16 characters, empty signs
 *     none
 * @param headers what is sent with each message to an {@code https} address, such as {@code Authorization}
 * @param fullEids whether events of incidents name devices by their full EIDs, and not by their first eight and last four
 *     digits
 */
public record NotificationSettings(
        @NotBlank @Secret String to,

        @DefaultValue("webhook.json")
        @NotBlank
        @Pattern(
                regexp = "[\\w-]+\\.(json|txt)",
                message = "must name a file that ends in .json or .txt, without a folder")
        String template,

        @DefaultValue({"RUN", "QUARANTINE", "FAILURE", "RECOVERY", "EXPIRY", "DIGEST"}) @NotEmpty
        Set<@NotNull Occasion> occasions,

        @DefaultValue Set<@SyncName String> syncs,
        @DefaultValue("0 0 7 * * ?") @NotBlank String digest,
        @DefaultValue("UTC") @NotNull ZoneId timeZone,

        @DefaultValue("")
        @Secret
        @Pattern(regexp = "|\\S(.{14,}\\S)", message = "must have at least 16 characters, and no blank at its ends")
        String signingSecret,

        @DefaultValue @Secret Map<String, String> headers,
        @DefaultValue("false") boolean fullEids) {

    /** Whether the channel tells of an occasion in a sync. */
    public boolean wants(Occasion occasion, String sync) {
        return occasions.contains(occasion) && serves(sync);
    }

    /** Whether it leads to a host by HTTP. */
    public boolean isHttp() {
        return to.startsWith("https:") || to.startsWith("http:");
    }

    /** Whether the channel tells of a sync. */
    public boolean serves(String sync) {
        return syncs.isEmpty() || syncs.contains(sync);
    }

    @Override
    public String toString() {
        return Secrets.describe(this);
    }
}
