package io.celonamdm.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.http.CallScope.Purpose;
import io.celonamdm.http.Failure.Kind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thread at work for a sync, looked at and called off by another one. */
@Timeout(30)
class CallScopeTests {
    private static final Failure WHY = new Failure(Kind.TRANSIENT, ReasonCode.CALLED_OFF, "a test", null);

    @Test
    void aWaitEndsOnceItIsCalledOff() throws Exception {
        CompletableFuture<CallScope> scope = new CompletableFuture<>();
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> {
            CallScope own = new CallScope(new SyncName("warehouse"), Purpose.PULL);
            scope.complete(own);
            try {
                own.pause(Duration.ofHours(1));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        scope.get().callOff(WHY, false);

        assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(KnownFailure.class);
        assertThat(scope.get().calledOff()).isEqualTo(WHY);
    }

    @Test
    void whatWaitsForSomethingElseIsWoken() throws Exception {
        CompletableFuture<CallScope> scope = new CompletableFuture<>();
        CountDownLatch never = new CountDownLatch(1);
        CompletableFuture<Boolean> woken = CompletableFuture.supplyAsync(() -> {
            scope.complete(new CallScope(new SyncName("warehouse"), Purpose.WORK));
            try {
                return never.await(1, TimeUnit.HOURS);
            } catch (InterruptedException e) {
                return true;
            }
        });

        scope.get().wake();

        assertThat(woken.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void silenceIsCountedFromTheLastSign() {
        CallScope scope = new CallScope(new SyncName("warehouse"), Purpose.FIRING);
        assertThat(scope.silence()).isLessThanOrEqualTo(scope.age());
        scope.getsOn();
        assertThat(scope.silence()).isLessThan(scope.age());
    }
}
