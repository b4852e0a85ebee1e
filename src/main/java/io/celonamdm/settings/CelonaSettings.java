package io.celonamdm.settings;

import io.celonamdm.celona.Column;
import io.celonamdm.celona.OpCode;
import io.celonamdm.celona.SimLock;
import io.celonamdm.settings.constraint.WebAddress;
import io.celonamdm.settings.secret.Secret;
import io.celonamdm.settings.secret.Secrets;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.psl.PublicSuffixMatcherLoader;
import org.hibernate.validator.constraints.Range;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A Celona customer.
 *
 * @param customerId the customer's id at Celona
 * @param apiKey the API key, sent as {@code X-API-Key}
 * @param apiKeyExpires the day on which the API key expires, such as {@code 2026-12-31}, to be warned ahead of it; empty if
 *     it is not known
 * @param assignUrl host of {@code /v1/api/rsp/esims/assign-eid} and {@code eid-status}
 * @param activationUrl host of {@code /v1/api/hss/activation-from-file}
 * @param opCode what the activation does
 * @param smdpHosts hosts, with {@code *} for the first labels, to which a device may be sent for its eSIM
 * @param smdpAddress host of the SM-DP+ server to which devices in doubt are sent; empty takes the one that Celona named last
 *     for the customer
 * @param iccidPrefixes what an ICCID of this customer's pool starts with; empty accepts any
 * @param batchSize how many devices go into one CSV
 * @param maxConcurrency how many calls of one kind to Celona are under way at once
 * @param assignTimeout how long assign-eid may take, to the last byte of its answer
 * @param poll how often, and until when, the status of an assignment is asked for
 * @param failureWords values of {@code status} in eid-status that mean failure; compared without case
 * @param poolExhaustedWords phrases in a refusal that mean that no eSIM is left; compared without case
 * @param provisioned when Celona calls an eSIM "Provisioned", which it must be to be activated: once it is {@code assigned},
 *     or once the device has {@code downloaded} it. Its documents do not say; {@code learn} finds it out from what happens,
 *     and allows for both until then
 * @param pool how many eSIMs the customer has
 * @param provision how an eSIM that the device has not downloaded yet is waited for
 * @param clusterName value of the column {@code CLUSTER_NAME}, which Celona ignores since release 2311
 * @param simLockImei the policy of a SIM lock that the device's IMEI is sent with; Celona's table says {@code imeimapping}, one
 *     of its error texts {@code onattach}
 * @param columns the columns of the activation CSV by op code, where they differ from the documented ones
 */
public record CelonaSettings(
        @NotBlank(message = "missing: the customer's id at Celona")
        String customerId,

        @NotBlank(message = "missing: the customer's API key at Celona")
        @Pattern(regexp = "[\\x21-\\x7e]*", message = "may have only ASCII characters without blanks; copy it again")
        @Secret
        String apiKey,

        @Nullable LocalDate apiKeyExpires,

        @DefaultValue("https://cso.celona.io") @NotNull @WebAddress
        URI assignUrl,

        @DefaultValue("https://api.celona.io") @NotNull @WebAddress
        URI activationUrl,

        @DefaultValue("activate-and-dg-assign") @NotNull OpCode opCode,

        @DefaultValue("*.go-esim.com") @NotEmpty
        List<
                        @NotNull
                        @Pattern(
                                regexp = HOST,
                                message = "must be a host name such as rsp.example.com or *.example.com")
                        String>
                smdpHosts,

        @DefaultValue("")
        @NotNull
        @Pattern(regexp = "|" + NAME, message = "must be a host name such as rsp.example.com, or empty")
        String smdpAddress,

        @DefaultValue List<@NotBlank String> iccidPrefixes,
        @DefaultValue("200") @Range(min = 1, max = 10_000) int batchSize,
        @DefaultValue("4") @Range(min = 1, max = 50) int maxConcurrency,
        @DefaultValue("2m") @DurationMin(seconds = 1) Duration assignTimeout,
        @DefaultValue @Valid PollSettings poll,

        @DefaultValue({"FAILED", "FAILURE", "ERROR", "REJECTED", "INVALID"})
        List<@NotBlank String> failureWords,

        @DefaultValue({"no available esim", "no esims available", "not enough esims", "pool exhausted"})
        List<@NotBlank String> poolExhaustedWords,

        @DefaultValue("learn") @NotNull Provisioned provisioned,
        @DefaultValue @NotNull @Valid PoolSettings pool,
        @DefaultValue @Valid ProvisionSettings provision,
        @DefaultValue("") @NotNull String clusterName,
        @DefaultValue("imeimapping") SimLock.@NotNull ImeiWith simLockImei,
        @DefaultValue Map<OpCode, @NotEmpty List<@NotNull Column>> columns) {

    private static final String NAME = "[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*";
    private static final String HOST = "(\\*\\.)?" + NAME;

    /** Those of the SM-DP+ hosts that let in servers below a domain in which anybody can have one, such as {@code *.com}. */
    public List<String> openSmdpHosts() {
        return smdpHosts.stream()
                .filter(host -> host.startsWith("*."))
                .filter(host -> !host.substring(2).contains(".")
                        || PublicSuffixMatcherLoader.getDefault().getDomainRoot(host.substring(2)) == null)
                .toList();
    }

    @Override
    public String toString() {
        return Secrets.describe(this);
    }

    /**
     * When eid-status is asked.
     *
     * @param first the first wait after the assignment; each further one doubles
     * @param max the longest wait between two questions
     * @param deadline how long after the assignment an unfinished device becomes a dead letter
     */
    public record PollSettings(
            @DefaultValue("5s") @DurationMin(millis = 10) Duration first,
            @DefaultValue("60s") @DurationMin(millis = 10) Duration max,
            @DefaultValue("30m") @DurationMin(seconds = 1) Duration deadline) {}

    /** When Celona calls an eSIM "Provisioned". */
    public enum Provisioned {
        /** Nobody has said it; what happens shows it. */
        LEARN,
        /** Once it is assigned. */
        ASSIGNED,
        /** Once the device has downloaded it. */
        DOWNLOADED
    }

    /**
     * How a device that has not downloaded its eSIM is waited for.
     *
     * @param first the first wait before the activation is tried again; each further one doubles. Below three seconds, it is
     *     also the wait from the push to the first try.
     * @param max the longest wait between two tries
     * @param patience how long after the push such a device keeps the run open
     * @param deadline how long after the push it becomes a dead letter
     */
    public record ProvisionSettings(
            @DefaultValue("30s") @DurationMin(millis = 10) Duration first,
            @DefaultValue("1h") @DurationMin(millis = 10) Duration max,
            @DefaultValue("10m") @DurationMin(millis = 0) Duration patience,
            @DefaultValue("7d") @DurationMin(seconds = 1) Duration deadline) {}
}
