package io.celonamdm.http;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure.Kind;
import io.celonamdm.http.NotSent.Obstacle;
import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.HttpSettings;
import io.celonamdm.settings.HttpSettings.HostSettings;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.core5.http.HttpHost;
import org.springframework.stereotype.Component;

/**
 * Limits the calls to each host by all syncs of this process together: calls in flight, and calls per second. Work is
 * handed out only while there is room. A call that exceeds the limit waits a moment, and then fails as not sent.
 */
@Component
public class HostLimits {
    /** The longest wait of a call here; a longer wait becomes a due time. */
    private static final Duration MOMENT = Duration.ofSeconds(2);

    private final HttpSettings settings;
    private final Map<String, Host> hosts = new ConcurrentHashMap<>();

    HostLimits(ConnectorSettings settings) {
        this.settings = settings.http();
    }

    private record Host(int most, AtomicInteger inFlight, Bucket calls, int part) {}

    /** How many more calls may be made to the host now; never less than 0. */
    public int room(URI address) {
        Host host = host(address);
        long calls = Math.min(host.calls.getAvailableTokens(), Integer.MAX_VALUE);
        return (int) Math.max(0, Math.min(calls, host.most - host.inFlight.get()));
    }

    /** Records that work which calls the host was handed out. */
    public void begun(URI address) {
        host(address).inFlight.incrementAndGet();
    }

    /** Records that work which calls the host has ended. */
    public void ended(URI address) {
        host(address).inFlight.decrementAndGet();
    }

    /**
     * Counts a call that is about to be made.
     *
     * @throws NotSent if the host's limit leaves no room for it within a moment; it is not made then
     */
    void await(HttpHost target) {
        Bucket calls = host(target.getHostName(), target.getPort()).calls;
        try {
            if (!calls.asBlocking().tryConsume(1, MOMENT)) {
                throw busy(target);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy(target);
        }
    }

    /**
     * Counts calls that go out inside of one. They wait as long as it takes, behind single calls: no work waits for a
     * pull that asks for much.
     *
     * @throws KnownFailure as soon as what waits is called off
     */
    public void await(URI address, int calls) throws InterruptedException {
        Host host = host(address);
        for (int left = calls; left > 0; ) {
            int part = Math.min(left, host.part);
            ConsumptionProbe taken = host.calls.tryConsumeAndReturnRemaining(part);
            if (taken.isConsumed()) {
                left -= part;
            } else {
                CallScopes.pause(
                        Duration.ofNanos(taken.getNanosToWaitForRefill()).plusMillis(1));
            }
        }
    }

    private static NotSent busy(HttpHost target) {
        return new NotSent(
                Obstacle.OURSELVES,
                new Failure(
                        Kind.TRANSIENT,
                        ReasonCode.THROTTLED,
                        "%s is called as often as http.requests-per-second allows; the call was not made"
                                .formatted(target.getHostName()),
                        null));
    }

    private Host host(URI address) {
        return host(address.getHost(), DefaultSchemePortResolver.INSTANCE.resolve(HttpHost.create(address)));
    }

    private Host host(String name, int port) {
        return hosts.computeIfAbsent(name + ":" + port, key -> {
            int most = settings.of(name, HostSettings::maxConnections).orElse(settings.maxConnectionsPerHost());
            int rate = settings.of(name, HostSettings::requestsPerSecond).orElse(settings.requestsPerSecond());
            int share = settings.replicas();
            // by a monotonic clock: a wall clock that was set back would refill nothing until it caught up
            int capacity = Math.max(1, rate / share);
            Bucket calls = Bucket.builder()
                    .withNanosecondPrecision()
                    .addLimit(limit ->
                            limit.capacity(capacity).refillGreedy(Math.max(1, rate), Duration.ofSeconds(share)))
                    .build();
            return new Host(Math.max(1, most / share), new AtomicInteger(), calls, Math.max(1, capacity / 2));
        });
    }
}
