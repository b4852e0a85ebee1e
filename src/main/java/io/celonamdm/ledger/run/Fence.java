package io.celonamdm.ledger.run;

import io.celonamdm.esim.SyncName;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Stops a superseded firing from writing. A replica that was paused, or cut off from the database, resumes where it
 * was, although another one has settled its work and taken over. So a thread that works for a firing commits only while
 * that firing is the sync's latest; the sync's row is locked only during the commit. Transactions that decide a journal
 * entry are exempt: the entry leaves its state only once, and so guards its devices.
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

    private record Firing(SyncName sync, long number) {}

    /** Binds this thread to a firing. */
    public void enter(SyncName sync, long number) {
        CURRENT.set(new Firing(sync, number));
    }

    /** Unbinds this thread from its firing. */
    public void leave() {
        CURRENT.remove();
    }

    /** The sync of this thread's firing; null if it has none. */
    public @Nullable SyncName sync() {
        Firing firing = CURRENT.get();
        return firing == null ? null : firing.sync;
    }

    /** Wraps work for another thread, so that it is done for this thread's firing. */
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
     * Checks that this thread's firing is the latest of its sync. Call it before each call that writes.
     *
     * @throws StaleFiringException if it is not
     */
    public void check() {
        require(LATEST);
    }

    /** Exempts this transaction: it decides a journal entry, which guards its writes, or stores a late answer. */
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
        long latest = jdbc.sql(query)
                .param("sync", firing.sync.value())
                .query(Long.class)
                .single();
        if (latest != firing.number) {
            throw new StaleFiringException(
                    "firing %d of sync %s was taken over by firing %d and changes nothing any more"
                            .formatted(firing.number, firing.sync, latest));
        }
    }
}
