package io.celonamdm.story;

import io.celonamdm.http.CallScope;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The lives of the process, of which one follows the other. Each of its threads belongs to the life in which it began:
 * once that is over it can neither call, nor write, nor set a trigger, nor tell the time, and ends.
 */
final class Lives {
    /** How long the threads of a killed process may take to end. */
    private static final long BURIAL = TimeUnit.SECONDS.toNanos(30);

    private final Set<OfLife> threads = ConcurrentHashMap.newKeySet();
    private final List<ThreadPoolExecutor> pools = new ArrayList<>();
    private final AtomicInteger number = new AtomicInteger();
    private volatile boolean over;
    private volatile boolean frozen;
    /** Whether another process has taken over what this one is in the midst of. */
    volatile boolean takenOver;
    /** Whether this thread was allowed a call while nobody had taken over. */
    private final ThreadLocal<Boolean> allowed = ThreadLocal.withInitial(() -> false);

    /** A thread of the process. */
    private final class OfLife extends Thread {
        private final int life = number.get();

        OfLife(Runnable work, String name) {
            super(work, name);
            setDaemon(true);
        }

        Lives of() {
            return Lives.this;
        }

        boolean isDead() {
            return over || life != number.get();
        }

        @Override
        public void run() {
            try {
                super.run();
            } catch (Death e) {
                // as it should
            } finally {
                threads.remove(this);
            }
        }
    }

    /** Whether a thread belongs to a life of this process, and not of another one. */
    boolean isOwn(Thread thread) {
        return thread instanceof OfLife own && own.of() == this;
    }

    /** Whether a thread belongs to a life, of whichever process, that is over. */
    static boolean isDead(Thread thread) {
        return thread instanceof OfLife own && own.isDead();
    }

    /** A thread of the present life. */
    Thread thread(String name, Runnable work) {
        OfLife thread = new OfLife(work, name);
        threads.add(thread);
        return thread;
    }

    /** Makes the threads of a pool those of the life in which they begin. */
    void own(ThreadPoolExecutor pool, String name) {
        pool.setThreadFactory(work -> thread(name, work));
        pools.add(pool);
    }

    /** The clock of the process: whoever waits for a ledger that never comes back learns from it that its life is over. */
    Clock clock(Clock story) {
        return new Clock() {
            @Override
            public Instant instant() {
                check();
                return story.instant();
            }

            @Override
            public ZoneId getZone() {
                return story.getZone();
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return clock(story.withZone(zone));
            }
        };
    }

    /** Whether the process was killed, and not started again. */
    boolean isOver() {
        return over;
    }

    /** Whether the process stands still. */
    boolean isFrozen() {
        return frozen;
    }

    /**
     * Lets the process stand still: each of its threads stops before it next uses the ledger, or once a call that it
     * makes is answered. So none stops between the question whether it may make a call and the call, which no process
     * can prevent, nor with rows of the ledger locked.
     */
    void freeze() {
        frozen = true;
    }

    /** This thread was allowed a call, which nobody can prevent who takes over from now on. */
    void allowed() {
        allowed.set(!takenOver);
    }

    /** Whether another process had taken over before this thread was allowed the call that it makes now. */
    boolean callsTooLate() {
        boolean inTime = allowed.get();
        allowed.remove();
        return takenOver && !inTime;
    }

    /** Lets the process go on where it stood still. */
    synchronized void thaw() {
        frozen = false;
        notifyAll();
    }

    /** Kills the process. */
    void end() {
        check();
        over = true;
    }

    /**
     * Lets nothing happen that a dead process would do.
     *
     * @throws Death if this thread's life is over
     */
    void check() {
        if (over || (isOwn(Thread.currentThread()) && isDead(Thread.currentThread()))) {
            throw new Death();
        }
    }

    /**
     * As {@link #check()}; where the process stands still, its threads wait here until it goes on.
     *
     * @throws Death if this thread's life is over
     */
    void checkOrWait() {
        check();
        if (frozen && isOwn(Thread.currentThread())) {
            boolean interrupted = false;
            synchronized (this) {
                while (frozen && !over) {
                    try {
                        wait();
                    } catch (InterruptedException e) {
                        // a process that stands still notices it later
                        interrupted = true;
                    }
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            check();
        }
    }

    /**
     * Starts the process again, once every thread of its last life has ended.
     *
     * @return where the threads are that have not ended; they belong to no life any more
     */
    List<String> begin() {
        over = true;
        takenOver = false;
        thaw();
        long patience = System.nanoTime() + BURIAL;
        long[] kept = pools.stream()
                .mapToLong(pool -> pool.getKeepAliveTime(TimeUnit.NANOSECONDS))
                .toArray();
        while (!threads.isEmpty() && System.nanoTime() < patience) {
            for (ThreadPoolExecutor pool : pools) {
                pool.getQueue().clear();
                // lets those that have nothing to do end
                pool.setKeepAliveTime(1, TimeUnit.NANOSECONDS);
            }
            threads.stream().filter(each -> !CallScope.isAtLedger(each)).forEach(Thread::interrupt);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        List<String> left = where();
        threads.clear();
        for (int i = 0; i < kept.length; i++) {
            pools.get(i).setKeepAliveTime(kept[i], TimeUnit.NANOSECONDS);
        }
        number.incrementAndGet();
        over = false;
        return left;
    }

    /** Whether a thread of a pool does something. */
    boolean works() {
        return pools.stream()
                .anyMatch(pool -> pool.getActiveCount() > 0 || !pool.getQueue().isEmpty());
    }

    /** Where its threads are. */
    List<String> where() {
        return threads.stream()
                .map(thread -> {
                    StringBuilder where = new StringBuilder(thread.getName() + ' ' + thread.getState());
                    for (StackTraceElement each : thread.getStackTrace()) {
                        where.append("\n    ").append(each);
                    }
                    return where.toString();
                })
                .toList();
    }
}
