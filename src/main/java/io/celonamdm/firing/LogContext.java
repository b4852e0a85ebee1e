package io.celonamdm.firing;

import io.celonamdm.logging.LogScope;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.Work;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Names the sync and its run in each log line of a thread that serves a firing or an item of its work. Camel's own MDC
 * logging does not reach that far: an exchange keeps only its properties through a queue, and a run opens and closes in
 * the middle of a firing.
 */
@Component
public class LogContext {
    /** Names the sync and the run of the work in the thread's log lines; a firing learns its run later. */
    public void enter(@ExchangeProperty("sync") Sync sync, @ExchangeProperty("work") @Nullable Work work) {
        LogScope.enter(sync.name(), work == null ? null : work.run());
    }

    /** Removes both from the thread's log lines. */
    public void leave() {
        LogScope.leave();
    }
}
