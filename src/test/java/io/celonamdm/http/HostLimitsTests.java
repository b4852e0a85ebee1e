package io.celonamdm.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.http.CallScope.Purpose;
import io.celonamdm.http.Failure.Kind;
import io.celonamdm.settings.ConnectorSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Calls that go out inside of one count as many, wherever the host's limit is. */
@Timeout(60)
class HostLimitsTests {
    private static final URI GRAPH = URI.create("https://graph.example.com");

    private static HostLimits limits(int perSecond) {
        return new HostLimits(
                new Binder(new MapConfigurationPropertySource(Map.of("connector.http.requests-per-second", perSecond)))
                        .bind("connector", ConnectorSettings.class)
                        .get());
    }

    private static Duration time(HostLimits limits, int calls) throws InterruptedException {
        long before = System.nanoTime();
        limits.await(GRAPH, calls);
        return Duration.ofNanos(System.nanoTime() - before);
    }

    @Test
    void eachOfThemCounts() throws Exception {
        HostLimits limits = limits(20);
        limits.await(GRAPH, 19);

        assertThat(time(limits, 19)).isGreaterThan(Duration.ofMillis(800));
        assertThat(limits.room(GRAPH)).isLessThan(10);
    }

    @Test
    void moreThanTheLimitOfASecondAreCountedInParts() throws Exception {
        assertThat(time(limits(4), 8)).isBetween(Duration.ofMillis(900), Duration.ofSeconds(20));
        assertThat(time(limits(1), 2)).isGreaterThan(Duration.ofMillis(900));
        assertThat(time(limits(1), 0)).isLessThan(Duration.ofMillis(900));
    }

    @Test
    void aSingleCallIsNotHeldUpByThem() throws Exception {
        HostLimits limits = limits(10);
        limits.await(GRAPH, 10);
        CallScopes scopes = new CallScopes();
        CountDownLatch entered = new CountDownLatch(1);
        Thread many = new Thread(() -> {
            scopes.enter(new SyncName("warehouse"), Purpose.PULL);
            entered.countDown();
            try {
                limits.await(GRAPH, 1000);
            } catch (InterruptedException | KnownFailure e) {
                // called off
            } finally {
                scopes.leave();
            }
        });
        many.start();
        entered.await();

        for (int i = 0; i < 5; i++) {
            limits.await(new HttpHost("https", "graph.example.com"));
        }

        scopes.all().forEach(scope -> scope.callOff(WHY, false));
        many.join(10_000);
        assertThat(many.isAlive()).isFalse();
    }

    private static final Failure WHY = new Failure(Kind.TRANSIENT, ReasonCode.CALLED_OFF, "a test", null);

    @Test
    void whoeverIsCalledOffWaitsNoLonger() {
        CallScopes scopes = new CallScopes();
        scopes.enter(new SyncName("warehouse"), Purpose.PULL);
        try {
            Objects.requireNonNull(CallScopes.current()).callOff(WHY, false);

            assertThatThrownBy(() -> limits(1).await(GRAPH, 1000)).isInstanceOf(KnownFailure.class);
        } finally {
            scopes.leave();
        }
    }
}
