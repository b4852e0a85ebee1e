package io.celonamdm.ledger.database;

import java.lang.reflect.UndeclaredThrowableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.Advisor;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Retries methods with {@link OutlastsOutages}, with growing pauses, until the ledger accepts them. It gives up when
 * the connector stops, and after {@link #PATIENCE}: a restart or failover of the database is over by then, and a worker
 * that waited longer would look hung.
 */
@Component
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
class Outages {
    static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Logger LOG = LoggerFactory.getLogger(Outages.class);
    private static final long FIRST_PAUSE = 100;
    private static final long LONGEST_PAUSE = 5000;

    private final ApplicationContext application;
    private final Clock clock;
    private final CountDownLatch stopping = new CountDownLatch(1);

    Outages(ApplicationContext application, Clock clock) {
        this.application = application;
        this.clock = clock;
    }

    /** Wraps each annotated method, outside its transaction. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static Advisor outlastingOutages(ObjectProvider<Outages> outages) {
        DefaultPointcutAdvisor advisor = new DefaultPointcutAdvisor(
                AnnotationMatchingPointcut.forMethodAnnotation(OutlastsOutages.class),
                (MethodInterceptor) invocation -> outages.getObject().outlast(invocation));
        advisor.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return advisor;
    }

    @EventListener
    void stopping(ContextClosedEvent event) {
        // the management server's own context sends its events here too
        if (event.getApplicationContext().equals(application)) {
            stopping.countDown();
        }
    }

    private @Nullable Object outlast(MethodInvocation invocation) throws Throwable {
        Instant end = clock.instant().plus(PATIENCE);
        long pause = FIRST_PAUSE;
        while (true) {
            try {
                return again(invocation);
            } catch (DataAccessException | TransactionException e) {
                // a transaction must be retried as a whole
                if (!LedgerTrouble.is(e) || TransactionSynchronizationManager.isActualTransactionActive()) {
                    throw e;
                }
                if (pause == FIRST_PAUSE) {
                    LOG.warn(
                            "the ledger is of no use; what is known is written down once it is back: {}",
                            e.getMessage());
                }
                if (stopsWithin(pause) || !clock.instant().isBefore(end)) {
                    throw new LedgerGone("the ledger took nothing in all that time", () -> later(invocation), e);
                }
                pause = Math.min(2 * pause, LONGEST_PAUSE);
            }
        }
    }

    /** Waits; returns true as soon as the connector stops. */
    boolean stopsWithin(long milliseconds) {
        try {
            return stopping.await(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // a watchdog took this for a hang; it ends by itself, and what must be written is worth more than the
            // thread
            return false;
        }
    }

    private static void later(MethodInvocation invocation) {
        try {
            again(invocation);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new UndeclaredThrowableException(e);
        }
    }

    private static @Nullable Object again(MethodInvocation invocation) throws Throwable {
        return ((ProxyMethodInvocation) invocation).invocableClone().proceed();
    }
}
