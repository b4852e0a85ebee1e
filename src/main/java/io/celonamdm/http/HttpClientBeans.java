package io.celonamdm.http;

import io.celonamdm.http.Proxies.NamedProxy;
import io.celonamdm.ledger.Fence;
import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.HttpSettings;
import io.celonamdm.settings.HttpSettings.HostSettings;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one pool of connections that all calls share, with what the settings say per host. */
@Configuration(proxyBeanMethods = false)
class HttpClientBeans {
    private final HttpSettings settings;

    HttpClientBeans(ConnectorSettings settings) {
        this.settings = settings.http();
    }

    @Bean(destroyMethod = "close")
    HttpClientConnectionManager connections(SslBundles bundles) {
        PoolingHttpClientConnectionManager pool = PoolingHttpClientConnectionManagerBuilder.create()
                // the work that is handed out keeps to the limit; beside it there are pulls and tokens, which must not
                // wait for it
                .setMaxConnPerRoute(1000)
                .setMaxConnTotal(1000)
                .setConnectionConfigResolver(this::connection)
                .setTlsSocketStrategy(tls(bundles))
                .build();
        return pool;
    }

    private ConnectionConfig connection(HttpRoute route) {
        HostSettings host = settings.of(route.getTargetHost().getHostName());
        return ConnectionConfig.custom()
                .setConnectTimeout(timeout(host.connectTimeout(), settings.connectTimeout()))
                .setSocketTimeout(timeout(host.responseTimeout(), settings.responseTimeout()))
                // a vendor closes idle connections at its pleasure; a POST must not be the call that finds out
                .setValidateAfterInactivity(Timeout.ofSeconds(1))
                .build();
    }

    private TlsSocketStrategy tls(SslBundles bundles) {
        TlsSocketStrategy usual = DefaultClientTlsStrategy.createSystemDefault();
        return (socket, target, port, attachment, context) -> {
            String bundle = settings.sslBundleOf(target);
            TlsSocketStrategy strategy =
                    bundle.isEmpty() ? usual : new DefaultClientTlsStrategy(contextOf(bundles, bundle));
            return strategy.upgrade(socket, target, port, attachment, context);
        };
    }

    private static SSLContext contextOf(SslBundles bundles, String name) {
        return bundles.getBundle(name).createSslContext();
    }

    @Bean
    HttpClientConfigurer callsToOutside(HostLimits limits, Fence fence, CallsUnderWay underWay, Proxies proxies) {
        return builder -> {
            builder.setRoutePlanner(routes(proxies));
            builder.setDefaultCredentialsProvider(proxies);
            builder.addExecInterceptorFirst("under-way", underWay);
            builder.addExecInterceptorFirst("limits", (request, scope, chain) -> {
                limits.await(scope.route.getTargetHost());
                return chain.proceed(request, scope);
            });
            // however far a firing got before another replica took it over: from then on it changes nothing outside
            builder.addRequestInterceptorLast((request, entity, context) -> {
                if (!Method.isSafe(request.getMethod())) {
                    fence.check();
                }
            });
        };
    }

    private static HttpRoutePlanner routes(Proxies proxies) {
        return new DefaultRoutePlanner(null) {
            @Override
            protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context) {
                return proxies.of(target).map(NamedProxy::address).orElse(null);
            }
        };
    }

    private static Timeout timeout(@Nullable Duration own, Duration usual) {
        return Timeout.of(own == null ? usual : own);
    }
}
