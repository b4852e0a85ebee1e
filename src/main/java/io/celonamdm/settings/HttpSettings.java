package io.celonamdm.settings;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Outgoing calls, for all hosts and for single ones.
 *
 * @param connectTimeout how long a connection may take to be made, TLS included
 * @param responseTimeout how long an answer is waited for, and between two packets of it
 * @param maxConnectionsPerHost how many calls to one host are in flight at once, all syncs together
 * @param requestsPerSecond how many calls a second are made to one host, all syncs together
 * @param replicas how many replicas of the connector share these limits; each takes its part
 * @param hosts what differs for a host, by its name
 */
public record HttpSettings(
        @DefaultValue("5s") @NotNull @DurationMin(millis = 1)
        Duration connectTimeout,

        @DefaultValue("60s") @NotNull @DurationMin(millis = 1)
        Duration responseTimeout,

        @DefaultValue("10") @Count(max = 500) int maxConnectionsPerHost,
        @DefaultValue("50") @Count(max = 100_000) int requestsPerSecond,
        @DefaultValue("1") @Count(max = 100) int replicas,
        @DefaultValue Map<String, @Valid @NotNull HostSettings> hosts) {
    private static final HostSettings AS_FOR_ALL = new HostSettings(null, null, null, null, null, null);

    /** What differs for a host; nothing if it is not named. */
    public HostSettings of(String host) {
        return hosts.getOrDefault(host, AS_FOR_ALL);
    }

    /**
     * What differs for one host; what is left out is as for all.
     *
     * @param connectTimeout how long a connection may take to be made
     * @param responseTimeout how long an answer is waited for
     * @param maxConnections how many calls to it are in flight at once
     * @param requestsPerSecond how many calls a second are made to it
     * @param proxy address of a proxy, such as {@code http://proxy.example:3128}
     * @param sslBundle name of a Spring SSL bundle whose trust store vouches for the host
     */
    public record HostSettings(
            @Nullable @DurationMin(millis = 1) Duration connectTimeout,
            @Nullable @DurationMin(millis = 1) Duration responseTimeout,
            @Nullable @Count(max = 500) Integer maxConnections,
            @Nullable @Count(max = 100_000) Integer requestsPerSecond,
            @Nullable @ProxyAddress URI proxy,
            @Nullable String sslBundle) {}
}
