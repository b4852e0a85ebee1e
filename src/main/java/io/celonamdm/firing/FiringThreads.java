package io.celonamdm.firing;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.quartz.spi.ThreadPool;

/**
 * The threads of the syncs' firings. A firing that takes longer than a moment, because of its work or a slow host,
 * gives up its place to the next one. So there are never more threads than busy syncs, and however many are busy,
 * the others fire. Quartz creates it, by {@code org.quartz.threadPool.class}.
 */
public final class FiringThreads implements ThreadPool {
    private static final Duration MOMENT = Duration.ofSeconds(10);

    private final Map<Runnable, Long> begun = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(WorkThreads.daemons("firing-"));
    private int places = 1;
    private boolean stopped;

    /** Begins without threads. */
    public FiringThreads() {}

    /** Sets how many firings begin at once. */
    public void setThreadCount(int count) {
        places = count;
    }

    @Override
    public synchronized boolean runInThread(Runnable firing) {
        if (stopped) {
            return false;
        }
        begun.put(firing, System.nanoTime());
        threads.execute(() -> {
            try {
                firing.run();
            } finally {
                ended(firing);
            }
        });
        return true;
    }

    private synchronized void ended(Runnable firing) {
        begun.remove(firing);
        notifyAll();
    }

    @Override
    public synchronized int blockForAvailableThreads() {
        int free = free();
        while (free < 1 && !stopped) {
            try {
                wait(TimeUnit.SECONDS.toMillis(1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return 1;
            }
            free = free();
        }
        return Math.max(1, free);
    }

    private int free() {
        long before = System.nanoTime() - MOMENT.toNanos();
        return places
                - (int) begun.values().stream()
                        .filter(time -> time - before >= 0)
                        .count();
    }

    @Override
    public void initialize() {
        // threads are created when they are needed
    }

    @Override
    public synchronized void shutdown(boolean waitForJobsToComplete) {
        stopped = true;
        threads.shutdown();
        notifyAll();
    }

    @Override
    public int getPoolSize() {
        return places;
    }

    @Override
    public void setInstanceId(String id) {
        // threads need no instance name
    }

    @Override
    public void setInstanceName(String name) {
        // threads need no scheduler name
    }
}
