package io.celonamdm;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The clock and the chance that everything asks, so that a test can own both. */
@Configuration(proxyBeanMethods = false)
class Time {
    @Bean
    @ConditionalOnMissingBean
    static Clock clock() {
        return Clock.systemUTC();
    }

    /** Moves waits by a little, so that devices do not all come back at once. */
    @Bean
    @ConditionalOnMissingBean
    static RandomGenerator jitter() {
        return () -> ThreadLocalRandom.current().nextLong();
    }
}
