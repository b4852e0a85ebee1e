package io.celonamdm.work;

import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.stereotype.Component;

/**
 * When the connector stops, calls under way have Camel's shutdown timeout to end. A vendor that has not answered by then
 * is waited for no longer: what it was asked stands in the journal.
 */
@Component
class EndOfWork implements CamelContextConfiguration {
    /** Camel's own is ten seconds, and it waits twice for each pool whose thread stands in a call. */
    private static final Duration LAST_WAIT = Duration.ofSeconds(1);

    EndOfWork() {}

    @Override
    public void beforeApplicationStart(CamelContext camel) {
        camel.getExecutorServiceManager().setShutdownAwaitTermination(LAST_WAIT.toMillis());
        // otherwise Quartz waits for firings to end, and they for their calls
        camel.getComponent("quartz", QuartzComponent.class).setInterruptJobsOnShutdown(true);
    }

    @Override
    public void afterApplicationStart(CamelContext camel) {
        // nothing is left to do once the routes are up
    }
}
