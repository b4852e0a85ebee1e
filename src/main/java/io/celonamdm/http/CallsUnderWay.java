package io.celonamdm.http;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure.Kind;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Gives up the calls that are not answered within {@link #PATIENCE} of the connector's being told to stop, so that their
 * routes can still write down what is known of them, and the process is gone before it is killed.
 */
@Component
class CallsUnderWay implements ExecChainHandler {
    /** Shorter than camel.main.shutdown-timeout, so that routes have the rest for their last words. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ApplicationContext application;
    private final Clock clock;
    private final Set<Cancellable> calls = ConcurrentHashMap.newKeySet();
    private volatile boolean givenUp;

    CallsUnderWay(ApplicationContext application, Clock clock) {
        this.application = application;
        this.clock = clock;
    }

    @EventListener
    void stopping(ContextClosedEvent event) {
        // the management server has a context of its own, whose events come by here too
        if (event.getApplicationContext().equals(application)) {
            CompletableFuture.delayedExecutor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(this::giveUp);
        }
    }

    private void giveUp() {
        givenUp = true;
        calls.forEach(Cancellable::cancel);
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        if (!(scope.originalRequest instanceof Cancellable call)) {
            return chain.proceed(request, scope);
        }
        calls.add(call);
        try {
            if (givenUp) {
                throw notMade(scope);
            }
            return chain.proceed(request, scope);
        } finally {
            calls.remove(call);
        }
    }

    private KnownFailure notMade(ExecChain.Scope scope) {
        return new KnownFailure(new Failure(
                Kind.PASSING,
                ReasonCode.UNREACHABLE,
                "%s was not called, because the connector stops"
                        .formatted(scope.route.getTargetHost().getHostName()),
                clock.instant()));
    }
}
