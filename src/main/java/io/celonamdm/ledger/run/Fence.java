package io.celonamdm.ledger.run;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Keeps a firing that was taken over from writing. A replica that was paused, or cut off from the database, goes on
 * where it stood, while another one has settled what it left and works on. So each transaction of a thread that works
 * for a firing is committed only while the firing is the sync's latest; the sync's row is locked for the time of the
 * commit alone. What decides a journal entry is exempt: the entry, which leaves its state once, guards its devices.
 */
@Component
public class Fence implements TransactionExecutionListener {
    private static final String LATEST = "select number from firing where sync = :sync";

    private static final ThreadLocal<@Nullable Firing> CURRENT = new ThreadLocal<>();
    private static final ThreadLocal<Boolean> GUARDED = ThreadLocal.withInitial(() -> false);

    private final JdbcClient jdbc;

    Fence(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Firing(String sync, long number) {}

    /** From here on, this thread works for a firing. */
    public void enter(String sync, long number) {
        CURRENT.set(new Firing(sync, number));
    }

    /** From here on, this thread works for no firing. */
    public void leave() {
        CURRENT.remove();
    }

    /** The sync for whose firing this thread works; null if it works for none. */
    public @Nullable String sync() {
        Firing firing = CURRENT.get();
        return firing == null ? null : firing.sync;
    }

    /** What another thread is to do for the firing for which this one works. */
    public Runnable carriedInto(Runnable work) {
        Firing firing = CURRENT.get();
        return () -> {
            Firing before = CURRENT.get();
            CURRENT.set(firing);
            try {
                work.run();
            } finally {
                CURRENT.set(before);
            }
        };
    }

    /**
     * Checks that the firing for which this thread works is the latest of its sync; to be called before each call that
     * writes.
     *
     * @throws StaleFiringException if it is not
     */
    public void check() {
        require(LATEST);
    }

    /** What this transaction writes is guarded by a journal entry that it decides, or is evidence of a late answer. */
    public void guardedByJournal() {
        GUARDED.set(true);
    }

    @Override
    public void afterBegin(TransactionExecution transaction, @Nullable Throwable failure) {
        GUARDED.set(false);
    }

    @Override
    public void beforeCommit(TransactionExecution transaction) {
        if (!transaction.isReadOnly() && !GUARDED.get()) {
            require(LATEST + " for update");
        }
    }

    private void require(String query) {
        Firing firing = CURRENT.get();
        if (firing == null) {
            return;
        }
        long latest =
                jdbc.sql(query).param("sync", firing.sync).query(Long.class).single();
        if (latest != firing.number) {
            throw new StaleFiringException(
                    "firing %d of sync %s was taken over by firing %d and changes nothing any more"
                            .formatted(firing.number, firing.sync, latest));
        }
    }
}
