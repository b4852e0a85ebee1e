package io.celonamdm.http;

import io.celonamdm.esim.SyncName;
import org.jspecify.annotations.Nullable;

/** Knows for whom a thread calls, and whether it may still change anything outside. */
public interface CallGuard {

    /** The sync for which this thread works; null if it works for none. */
    @Nullable
    SyncName sync();

    /**
     * Lets a call pass that may change something; asked right before its request is sent.
     *
     * @throws NotSent if that cannot be found out now
     * @throws RuntimeException if the call must not be made; the caller gets the exception as it is
     */
    void check();
}
