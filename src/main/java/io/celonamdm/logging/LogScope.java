package io.celonamdm.logging;

import io.celonamdm.esim.SyncName;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The subject of a thread's log lines: a sync, and one of its runs. Text lines show both in their pattern; structured
 * lines have the fields {@code sync} and {@code run}.
 */
public final class LogScope {
    private static final String SYNC = "sync";
    private static final String RUN = "run";

    private LogScope() {}

    /**
     * Makes the thread log about a sync.
     *
     * @param run the id of its open run, or null if there is none
     */
    public static void enter(SyncName sync, @Nullable Long run) {
        MDC.put(SYNC, sync.value());
        run(run);
    }

    /** Makes the thread log about this run of its sync, or about no run if null. */
    public static void run(@Nullable Long run) {
        put(RUN, run == null ? null : run.toString());
    }

    /** Ends the subject of the thread's log lines. */
    public static void leave() {
        MDC.remove(SYNC);
        MDC.remove(RUN);
    }

    /**
     * Runs an action whose log lines are about a sync, whatever the thread's own subject.
     *
     * @param run the id of the run; null for the thread's current run, if it belongs to that sync
     */
    public static void about(SyncName sync, @Nullable Long run, Runnable logging) {
        String syncBefore = MDC.get(SYNC);
        String runBefore = MDC.get(RUN);
        put(SYNC, sync.value());
        if (run != null || !sync.value().equals(syncBefore)) {
            run(run);
        }
        try {
            logging.run();
        } finally {
            put(SYNC, syncBefore);
            put(RUN, runBefore);
        }
    }

    /** Wraps a task for another thread, so that its log lines have the subject of this one. */
    public static Runnable carriedInto(Runnable task) {
        String sync = MDC.get(SYNC);
        String run = MDC.get(RUN);
        return () -> {
            put(SYNC, sync);
            put(RUN, run);
            try {
                task.run();
            } finally {
                leave();
            }
        };
    }

    private static void put(String key, @Nullable String value) {
        if (value == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }
}
