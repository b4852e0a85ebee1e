package io.celonamdm.logging;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What the lines that a thread logs are about: a sync, and one of its runs. The pattern of text lines shows both, and
 * structured lines have them as the fields {@code sync} and {@code run}.
 */
public final class LogScope {
    private static final String SYNC = "sync";
    private static final String RUN = "run";

    private LogScope() {}

    /**
     * From here on, the thread logs about a sync.
     *
     * @param run the id of its open run, or null if there is none
     */
    public static void enter(String sync, @Nullable Long run) {
        MDC.put(SYNC, sync);
        run(run);
    }

    /** From here on, the thread logs about this run of the sync that it is at; about none if it is null. */
    public static void run(@Nullable Long run) {
        put(RUN, run == null ? null : run.toString());
    }

    /** From here on, the thread logs about no sync. */
    public static void leave() {
        MDC.remove(SYNC);
        MDC.remove(RUN);
    }

    /**
     * What is logged meanwhile is about a sync, whatever the thread is at.
     *
     * @param run the id of the run that it is about; null for the one that the thread is at, if it is of that sync
     */
    public static void about(String sync, @Nullable Long run, Runnable logging) {
        String syncBefore = MDC.get(SYNC);
        String runBefore = MDC.get(RUN);
        put(SYNC, sync);
        if (run != null || !sync.equals(syncBefore)) {
            run(run);
        }
        try {
            logging.run();
        } finally {
            put(SYNC, syncBefore);
            put(RUN, runBefore);
        }
    }

    private static void put(String key, @Nullable String value) {
        if (value == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }
}
