package io.celonamdm.firing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tasks that hang keep their threads and no one else's. */
class ElasticThreadsTests {
    private final CountDownLatch released = new CountDownLatch(1);
    private final ElasticThreads threads = new ElasticThreads(2, Duration.ofMillis(100), WorkThreads.daemons("test-"));

    @AfterEach
    void stop() {
        released.countDown();
        threads.shutdownNow();
    }

    private void hang() {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anyNumberOfTasksThatHangLeavesRoomForOthers() {
        for (int i = 0; i < 20; i++) {
            threads.execute(this::hang);
        }
        AtomicInteger done = new AtomicInteger();
        for (int i = 0; i < 100; i++) {
            threads.execute(done::incrementAndGet);
        }

        await().atMost(Duration.ofSeconds(20)).until(() -> {
            threads.adjust();
            return done.get() == 100;
        });

        released.countDown();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            threads.adjust();
            return threads.getMaximumPoolSize() == 2;
        });
    }

    @Test
    void tasksThatTakeAMomentShareThePlaces() {
        AtomicInteger together = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch ended = new CountDownLatch(30);
        for (int i = 0; i < 30; i++) {
            threads.execute(() -> {
                most.accumulateAndGet(together.incrementAndGet(), Math::max);
                together.decrementAndGet();
                ended.countDown();
            });
        }
        threads.adjust();

        await().atMost(Duration.ofSeconds(20)).until(() -> ended.getCount() == 0);
        assertThat(most).hasValueLessThanOrEqualTo(2);
    }
}
