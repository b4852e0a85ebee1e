package io.celonamdm.work;

import io.celonamdm.sync.Sync;
import org.apache.camel.ExchangeProperty;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/** Names the sync in each line that the thread logs from now on; threads serve one exchange at a time. */
@Component
public class LogContext {
    /** What follows is about the sync. */
    public void enter(@ExchangeProperty("sync") Sync sync) {
        MDC.put("sync", sync.name());
    }
}
