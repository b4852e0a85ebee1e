package io.celonamdm.firing;

import io.celonamdm.http.CallScopes;
import io.celonamdm.ledger.run.Fence;
import io.celonamdm.logging.LogScope;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads whose tasks are part of what has handed them over: for its firing, and called off together with it. */
public final class CallThreads extends ThreadPoolExecutor {
    private final Fence fence;

    /** Begins without threads. */
    public CallThreads(Fence fence) {
        super(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), WorkThreads.daemons("call-"));
        this.fence = fence;
    }

    @Override
    public void execute(Runnable task) {
        super.execute(CallScopes.carriedInto(fence.carriedInto(LogScope.carriedInto(task))));
    }
}
