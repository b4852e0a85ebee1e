package io.celonamdm.firing;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.quartz.spi.ThreadPool;

/**
 * The threads of the syncs' firings: so many begin at once. A firing that takes longer than a moment, for its work or
 * because a host keeps it waiting, gives up its place to the next one; so there are never more threads than syncs that are
 * busy, and no number of them keeps another from firing. Quartz makes it, by {@code org.quartz.threadPool.class}.
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
        // its threads are made when they are needed
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
        // its threads need no name of the instance
    }

    @Override
    public void setInstanceName(String name) {
        // its threads need no name of the scheduler
    }
}
