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
 * @param maxConnectionsPerHost how many connections this process holds to one host
 * @param hosts what differs for a host, by its name
 */
public record HttpSettings(
        @DefaultValue("5s") @NotNull @DurationMin(millis = 1)
        Duration connectTimeout,

        @DefaultValue("60s") @NotNull @DurationMin(millis = 1)
        Duration responseTimeout,

        @DefaultValue("10") @Count(max = 500) int maxConnectionsPerHost,
        @DefaultValue Map<String, @Valid @NotNull HostSettings> hosts) {

    /**
     * What differs for one host; what is left out is as for all.
     *
     * @param connectTimeout how long a connection may take to be made
     * @param responseTimeout how long an answer is waited for
     * @param proxy address of a proxy, such as {@code http://proxy.example:3128}
     * @param sslBundle name of a Spring SSL bundle whose trust store vouches for the host
     */
    public record HostSettings(
            @Nullable @DurationMin(millis = 1) Duration connectTimeout,
            @Nullable @DurationMin(millis = 1) Duration responseTimeout,
            @Nullable @ProxyAddress URI proxy,
            @Nullable String sslBundle) {}
}
