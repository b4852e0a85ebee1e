package io.celonamdm.settings;

import io.celonamdm.settings.constraint.ProxyAddress;
import io.celonamdm.settings.secret.Secret;
import io.celonamdm.settings.secret.Secrets;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hibernate.validator.constraints.Range;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Outgoing calls, for all hosts and for single ones.
 *
 * @param connectTimeout how long a connection may take to be made, TLS included
 * @param responseTimeout how long an answer is waited for, and between two packets of it
 * @param callTimeout how long a call may take from the connection to the last byte of its answer
 * @param maxAnswerSize how large an answer may be, decompressed; a larger one is refused while it is read
 * @param downloadTimeout the same as the call timeout, for a download such as Intune's report
 * @param maxDownloadSize how large a download may be
 * @param maxConnectionsPerHost how many calls to one host are in flight at once, all syncs together
 * @param requestsPerSecond how many calls a second are made to one host, all syncs together; each request of a batch to
 *     Microsoft Graph counts as one
 * @param replicas how many replicas of the connector share these limits; each takes its part
 * @param proxy address of the proxy for all hosts, such as {@code http://proxy.example:3128}; if it is not set, the JVM's
 *     system properties ({@code https.proxyHost} …) count, then {@code HTTPS_PROXY} and {@code NO_PROXY} of the environment
 * @param noProxy hosts that are called directly: a name, or {@code *.example.com} for all names below it
 * @param proxyUser the user with whom the connector signs in at the proxies of these settings; empty if they ask for none
 * @param proxyPassword that user's password
 * @param sslBundle name of a Spring SSL bundle whose trust store vouches for all hosts in place of the JVM's; empty
 *     for the JVM's
 * @param hosts what differs for a host, by its name, or by {@code *.example.com} for all names below it
 */
public record HttpSettings(
        @DefaultValue("5s") @NotNull @DurationMin(millis = 1)
        Duration connectTimeout,

        @DefaultValue("60s") @NotNull @DurationMin(millis = 1)
        Duration responseTimeout,

        @DefaultValue("5m") @NotNull @DurationMin(millis = 1)
        Duration callTimeout,

        @DefaultValue("16MB") @NotNull DataSize maxAnswerSize,

        @DefaultValue("30m") @NotNull @DurationMin(millis = 1)
        Duration downloadTimeout,

        @DefaultValue("1GB") @NotNull DataSize maxDownloadSize,
        @DefaultValue("10") @Range(min = 1, max = 500) int maxConnectionsPerHost,
        @DefaultValue("50") @Range(min = 1, max = 100_000) int requestsPerSecond,
        @DefaultValue("1") @Range(min = 1, max = 100) int replicas,
        @Nullable @ProxyAddress URI proxy,

        @DefaultValue
        List<
                        @NotNull
                        @Pattern(
                                regexp = HOST,
                                message = "must be a host name such as intranet.example or *.intranet.example")
                        String>
                noProxy,

        @DefaultValue("") @NotNull String proxyUser,
        @DefaultValue("") @NotNull @Secret String proxyPassword,
        @DefaultValue("") @NotNull String sslBundle,
        @DefaultValue Map<String, @Valid @NotNull HostSettings> hosts) {
    private static final String HOST = "(\\*\\.)?[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*";

    /**
     * What differs for a host: by its own name, then by the patterns that it matches, the longest first.
     *
     * @param host a host name, in any case
     * @param setting which setting
     * @return empty if nothing differs
     */
    public <T> Optional<T> of(String host, Function<HostSettings, @Nullable T> setting) {
        return hosts.entrySet().stream()
                .filter(each -> matches(each.getKey(), host))
                .sorted(Comparator.comparing((Map.Entry<String, HostSettings> each) -> isPattern(each.getKey()))
                        .thenComparing(each -> -each.getKey().length()))
                .flatMap(each -> Stream.ofNullable(setting.apply(each.getValue())))
                .findFirst();
    }

    /** Whether a host is among those that are called directly. */
    public boolean isWithoutProxy(String host) {
        return noProxy.stream().anyMatch(pattern -> matches(pattern, host));
    }

    private static boolean isPattern(String name) {
        return name.startsWith("*.");
    }

    private static boolean matches(String pattern, String host) {
        String name = host.toLowerCase(Locale.ROOT);
        String wanted = pattern.toLowerCase(Locale.ROOT);
        return isPattern(wanted) ? name.endsWith(wanted.substring(1)) : name.equals(wanted);
    }

    @Override
    public String toString() {
        return Secrets.describe(this);
    }

    /**
     * What differs for one host; what is left out is as for all.
     *
     * @param connectTimeout how long a connection may take to be made
     * @param responseTimeout how long an answer is waited for
     * @param callTimeout how long a call to it may take in all
     * @param maxAnswerSize how large an answer of it may be
     * @param maxConnections how many calls to it are in flight at once
     * @param requestsPerSecond how many calls a second are made to it
     * @param proxy address of a proxy, such as {@code http://proxy.example:3128}
     * @param sslBundle name of a Spring SSL bundle whose trust store vouches for the host
     */
    public record HostSettings(
            @Nullable @DurationMin(millis = 1) Duration connectTimeout,
            @Nullable @DurationMin(millis = 1) Duration responseTimeout,
            @Nullable @DurationMin(millis = 1) Duration callTimeout,
            @Nullable DataSize maxAnswerSize,
            @Nullable @Range(min = 1, max = 500) Integer maxConnections,
            @Nullable @Range(min = 1, max = 100_000) Integer requestsPerSecond,
            @Nullable @ProxyAddress URI proxy,
            @Nullable String sslBundle) {}
}
