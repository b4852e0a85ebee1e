package io.celonamdm.night;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.HttpRequest;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * The connector's own HTTP client. It records every call of the routes before the client could repeat it, and can make
 * connections to a port fail before anything is sent.
 */
final class BreakableConnections implements HttpClientConfigurer {
    private final HttpClientConfigurer usual;
    private final Map<Integer, Break> breaks;
    private final Map<Integer, List<HttpRequest>> calls;

    private record Break(Predicate<HttpRequest> call, Supplier<IOException> failure) {}

    /** Puts it in the place of the usual one. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Beans {
        @Bean
        static BeanPostProcessor breakable() {
            // one for all clients
            Map<Integer, Break> breaks = new ConcurrentHashMap<>();
            Map<Integer, List<HttpRequest>> calls = new ConcurrentHashMap<>();
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof HttpClientConfigurer usual
                            ? new BreakableConnections(usual, breaks, calls)
                            : bean;
                }
            };
        }
    }

    private BreakableConnections(
            HttpClientConfigurer usual, Map<Integer, Break> breaks, Map<Integer, List<HttpRequest>> calls) {
        this.usual = usual;
        this.breaks = breaks;
        this.calls = calls;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        usual.configureHttpClient(builder);
        builder.addExecInterceptorFirst("calls", (request, scope, chain) -> {
            int port = scope.route.getTargetHost().getPort();
            calls.computeIfAbsent(port, key -> new CopyOnWriteArrayList<>()).add(request);
            return chain.proceed(request, scope);
        });
        builder.addExecInterceptorBefore(ChainElement.CONNECT.name(), "breaks", (request, scope, chain) -> {
            Break broken = breaks.get(scope.route.getTargetHost().getPort());
            if (broken != null && broken.call().test(request)) {
                throw broken.failure().get();
            }
            return chain.proceed(request, scope);
        });
    }

    /** Until it is mended, the calls that are meant do not get through to a port. */
    void cut(int port, Predicate<HttpRequest> call, Supplier<IOException> failure) {
        breaks.put(port, new Break(call, failure));
    }

    /** Connections to the port can be opened again. */
    void mend(int port) {
        breaks.remove(port);
    }

    /** How many of the calls that are meant the routes have made to a port. */
    long count(int port, Predicate<HttpRequest> call) {
        return calls.getOrDefault(port, List.of()).stream().filter(call).count();
    }
}
