package io.celonamdm.firing;

import io.celonamdm.logging.LogScope;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.Work;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Names the sync and its run in each line that a thread logs while it serves a firing or an item of its work. Camel's own
 * MDC logging does not reach that far: what goes through a queue arrives at another thread with nothing but its
 * properties, and a run is opened and closed in the middle of a firing.
 */
@Component
public class LogContext {
    /** What follows is about the sync, and the run of the work; a firing finds out about its run later. */
    public void enter(@ExchangeProperty("sync") Sync sync, @ExchangeProperty("work") @Nullable Work work) {
        LogScope.enter(sync.name(), work == null ? null : work.run());
    }

    /** The thread has other things to do from here on. */
    public void leave() {
        LogScope.leave();
    }
}
