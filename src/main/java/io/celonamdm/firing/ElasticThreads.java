package io.celonamdm.firing;

import io.celonamdm.http.CallScope;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A thread pool for short tasks. A longer task keeps its thread and gives up its place, so tasks that hang, however
 * many, delay others for no longer than that.
 */
final class ElasticThreads extends ThreadPoolExecutor {
    private final int places;
    private final Duration moment;
    private final Map<Thread, Long> begun = new ConcurrentHashMap<>();

    /**
     * Begins without threads.
     *
     * @param places how many tasks run at once
     * @param moment how long a task counts as one of them
     */
    ElasticThreads(int places, Duration moment, ThreadFactory threads) {
        super(places, places, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        this.places = places;
        this.moment = moment;
        allowCoreThreadTimeOut(true);
    }

    @Override
    protected void beforeExecute(Thread thread, Runnable task) {
        begun.put(thread, System.nanoTime());
    }

    @Override
    protected void afterExecute(Runnable task, Throwable failure) {
        begun.remove(Thread.currentThread());
    }

    /** Resizes the pool to the number of places plus the tasks that gave up theirs; to be called every second. */
    synchronized void adjust() {
        int size = places + late();
        if (size > getMaximumPoolSize()) {
            setMaximumPoolSize(size);
            setCorePoolSize(size);
        } else if (size < getMaximumPoolSize()) {
            setCorePoolSize(size);
            setMaximumPoolSize(size);
        }
    }

    private int late() {
        long before = System.nanoTime() - moment.toNanos();
        // more threads would not make a slow ledger faster
        return (int) begun.entrySet().stream()
                .filter(task -> task.getValue() - before < 0 && !CallScope.isAtLedger(task.getKey()))
                .count();
    }
}
