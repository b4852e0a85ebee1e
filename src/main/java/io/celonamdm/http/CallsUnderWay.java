package io.celonamdm.http;

import io.celonamdm.esim.SyncName;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.Method;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * All calls in progress. Each ends by its deadline, and the calls of a sync can be cancelled. When the connector stops,
 * calls without an answer after {@link #PATIENCE} are given up, so that their routes can still record the outcome
 * before the process is killed.
 */
@Component
public class CallsUnderWay {
    /** Shorter than camel.main.shutdown-timeout, which leaves routes time to record the outcome. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final String CALL = OutgoingCall.class.getName();

    private final ApplicationContext application;
    private final CallGuard guard;
    private final Clock clock;
    private final Set<OutgoingCall> calls = ConcurrentHashMap.newKeySet();
    private volatile boolean givenUp;

    CallsUnderWay(ApplicationContext application, CallGuard guard, Clock clock) {
        this.application = application;
        this.guard = guard;
        this.clock = clock;
    }

    /**
     * Gives up the calls of a sync's firing; those already sent count as unanswered.
     *
     * @param why the reason in the failure of each call
     * @return how many there were
     */
    public int cancel(SyncName sync, String why) {
        List<OutgoingCall> its = calls.stream().filter(call -> call.isOf(sync)).toList();
        its.forEach(call -> call.stop(why));
        return its.size();
    }

    /** The number of calls in progress. */
    int count() {
        return calls.size();
    }

    @EventListener
    void stopping(ContextClosedEvent event) {
        // the management server has its own context, whose events arrive here too
        if (event.getApplicationContext().equals(application)) {
            CompletableFuture.delayedExecutor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(this::giveUp);
        }
    }

    private void giveUp() {
        givenUp = true;
        calls.forEach(call -> call.stop("the connector stopped before the answer came"));
    }

    /** The outermost part of a client: classifies the outcome of a call. */
    ExecChainHandler outermost(Function<ExecChain.Scope, CallLimits> limits, Proxies proxies) {
        return (request, scope, chain) -> {
            OutgoingCall call = new OutgoingCall(
                    scope.route.getTargetHost(),
                    scope.route.getProxyHost() == null
                            ? null
                            : proxies.of(scope.route.getTargetHost()).orElse(null),
                    guard.sync(),
                    limits.apply(scope),
                    (Cancellable) scope.originalRequest,
                    calls::remove,
                    clock);
            calls.add(call);
            scope.clientContext.setAttribute(CALL, call);
            return outcome(call, request, scope, chain);
        };
    }

    private ClassicHttpResponse outcome(
            OutgoingCall call, ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain) {
        try {
            if (givenUp) {
                call.stop("%s was not called, because the connector stops"
                        .formatted(scope.route.getTargetHost().getHostName()));
            }
            CallScope caller = CallScopes.current();
            if (caller != null) {
                caller.calls(call, !Method.isSafe(request.getMethod()));
            }
            ClassicHttpResponse response = chain.proceed(request, scope);
            call.answered(response);
            return response;
        } catch (KnownFailure e) {
            call.end();
            throw e;
        } catch (Forbidden e) {
            call.end();
            throw e.because;
        } catch (IOException | HttpException | RuntimeException e) {
            throw call.failed(e);
        }
    }

    /**
     * The last part of a client before the request is sent: however far a firing got before another replica took it over,
     * from then on it changes nothing outside.
     */
    ClassicHttpResponse send(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        if (!Method.isSafe(request.getMethod())) {
            try {
                guard.check();
            } catch (RuntimeException e) {
                throw new Forbidden(e);
            }
        }
        ((OutgoingCall) scope.clientContext.getAttribute(CALL)).mayHaveLeft();
        return chain.proceed(request, scope);
    }

    /** Carries what the guard has thrown past what would take it for a failure of the call. */
    private static final class Forbidden extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final RuntimeException because;

        Forbidden(RuntimeException because) {
            super(because);
            this.because = because;
        }
    }
}
