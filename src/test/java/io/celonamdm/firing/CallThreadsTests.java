package io.celonamdm.firing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.http.CallScope;
import io.celonamdm.http.CallScope.Purpose;
import io.celonamdm.http.CallScopes;
import io.celonamdm.http.Failure;
import io.celonamdm.http.Failure.Kind;
import io.celonamdm.http.HttpStandIn;
import io.celonamdm.http.KnownFailure;
import io.celonamdm.ledger.run.Fence;
import io.celonamdm.logging.LogScope;
import io.celonamdm.rings.Slow;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** A task on another thread is for the firing of whoever handed it over, and ends with it. */
@Slow
@Timeout(60)
class CallThreadsTests {
    private static final SyncName NAME = new SyncName("warehouse");
    private static final Failure WHY = new Failure(Kind.TRANSIENT, ReasonCode.CALLED_OFF, "a test", null);

    private final AnnotationConfigApplicationContext beans = new AnnotationConfigApplicationContext();
    private Fence fence;
    private CallScopes scopes;
    private CallThreads threads;

    @BeforeEach
    void enter() {
        HttpStandIn.register(beans, Map.of());
        beans.refresh();
        fence = beans.getBean(Fence.class);
        scopes = beans.getBean(CallScopes.class);
        threads = new CallThreads(fence);
        fence.enter(NAME, 7);
        scopes.enter(NAME, Purpose.PULL);
        LogScope.enter(NAME, 4L);
    }

    @AfterEach
    void leave() {
        LogScope.leave();
        scopes.leave();
        fence.leave();
        threads.shutdownNow();
        beans.close();
    }

    @Test
    void itWorksForTheSameFiringAndASecondTaskForNone() throws Exception {
        assertThat(threads.submit(() -> fence.sync() + " " + MDC.get("sync") + " " + MDC.get("run"))
                        .get())
                .isEqualTo("warehouse warehouse 4");

        leaveAll();

        assertThat(threads.submit(() -> fence.sync() + " " + MDC.get("sync") + " " + (CallScopes.current() == null))
                        .get())
                .isEqualTo("null null true");
    }

    private void leaveAll() {
        LogScope.leave();
        scopes.leave();
        fence.leave();
    }

    @Test
    void aTaskThatItHandsOverIsToo() throws Exception {
        assertThat(threads.submit(() -> threads.submit(() -> String.valueOf(fence.sync()))
                                .get())
                        .get())
                .isEqualTo("warehouse");
    }

    @Test
    void itIsCalledOffTogetherWithTheOthers() {
        CallScope scope = Objects.requireNonNull(CallScopes.current());
        CompletableFuture<Void> waits = CompletableFuture.runAsync(
                () -> {
                    try {
                        CallScopes.pause(Duration.ofHours(1));
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                threads);

        scope.callOff(WHY, false);

        assertThatThrownBy(() -> waits.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(KnownFailure.class);
    }

    @Test
    void whereverItWaitsItIsWoken() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Boolean> waits = CompletableFuture.supplyAsync(
                () -> {
                    begun.countDown();
                    try {
                        return new CountDownLatch(1).await(1, TimeUnit.HOURS);
                    } catch (InterruptedException e) {
                        return true;
                    }
                },
                threads);
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

        Objects.requireNonNull(CallScopes.current()).wake();

        assertThat(Thread.interrupted()).as("this thread is one of them").isTrue();
        assertThat(waits.get(10, TimeUnit.SECONDS)).isTrue();
    }
}
