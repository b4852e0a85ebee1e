package io.celonamdm.operations.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import org.quartz.SchedulerException;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.stereotype.Component;

/** Waits for a condition, which it checks twice a second. */
@Component
class Watch {
    private static final Duration LOOK = Duration.ofMillis(500);

    private final TaskScheduler tasks;

    Watch(TaskScheduler tasks) {
        this.tasks = tasks;
    }

    /** Something to look at. */
    @FunctionalInterface
    interface Look {
        boolean isOver() throws SchedulerException;
    }

    /** Returns once it has come; a look that fails is made again. */
    void until(Look look) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        ScheduledFuture<?> looks = tasks.scheduleWithFixedDelay(
                () -> {
                    try {
                        if (look.isOver()) {
                            over.countDown();
                        }
                    } catch (SchedulerException e) {
                        throw new IllegalStateException("the scheduler does not say what it does", e);
                    }
                },
                LOOK);
        over.await();
        looks.cancel(false);
    }
}
