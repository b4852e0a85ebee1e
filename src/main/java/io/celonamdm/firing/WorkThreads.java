package io.celonamdm.firing;

import io.celonamdm.ledger.run.Fence;
import io.celonamdm.settings.ConnectorSettings;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The threads of work and pulls. None of them keeps the process from ending. A sync has one pull at a time, beside a
 * firing, so their number needs no limit of its own.
 */
@Configuration(proxyBeanMethods = false)
class WorkThreads {
    /** Nearly every call is answered within this time. */
    private static final Duration MOMENT = Duration.ofSeconds(5);

    // not a candidate for code that looks for just any executor
    @Bean(destroyMethod = "shutdownNow", defaultCandidate = false)
    ElasticThreads workers(ConnectorSettings settings) {
        return new ElasticThreads(settings.workers(), MOMENT, daemons("work-"));
    }

    @Bean(destroyMethod = "shutdownNow", defaultCandidate = false)
    ExecutorService pullThreads() {
        return Executors.newCachedThreadPool(daemons("pull-"));
    }

    /** As many as there are calls that a pull or a look makes at once. */
    @Bean(destroyMethod = "shutdownNow", defaultCandidate = false)
    CallThreads callThreads(Fence fence) {
        return new CallThreads(fence);
    }

    static CustomizableThreadFactory daemons(String prefix) {
        CustomizableThreadFactory threads = new CustomizableThreadFactory(prefix);
        threads.setDaemon(true);
        return threads;
    }
}
