package io.celonamdm.http;

import io.celonamdm.http.Proxies.NamedProxy;
import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.HttpSettings;
import io.celonamdm.settings.HttpSettings.HostSettings;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The connection pool that all calls share, with the settings of each host. */
@Configuration(proxyBeanMethods = false)
class HttpClientBeans {
    /** A host that sends headers without end is cut off. */
    private static final Http1Config HEADERS = Http1Config.custom()
            .setMaxHeaderCount(200)
            .setMaxLineLength(64 * 1024)
            .build();

    private final HttpSettings settings;

    HttpClientBeans(ConnectorSettings settings) {
        this.settings = settings.http();
    }

    @Bean(destroyMethod = "close")
    HttpClientConnectionManager connections(SslBundles bundles) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                // work items keep to the limit; pulls and token requests come on top and must not wait for them
                .setMaxConnPerRoute(1000)
                .setMaxConnTotal(1000)
                .setConnectionConfigResolver(this::connection)
                .setTlsSocketStrategy(tls(bundles))
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(HEADERS)
                        .build())
                .build();
    }

    private ConnectionConfig connection(HttpRoute route) {
        String host = route.getTargetHost().getHostName();
        return ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(
                        settings.of(host, HostSettings::connectTimeout).orElse(settings.connectTimeout())))
                .setSocketTimeout(Timeout.of(
                        settings.of(host, HostSettings::responseTimeout).orElse(settings.responseTimeout())))
                // vendors close idle connections at any time; a POST must not be the call that finds out
                .setValidateAfterInactivity(Timeout.ofSeconds(1))
                .build();
    }

    private TlsSocketStrategy tls(SslBundles bundles) {
        TlsSocketStrategy usual = DefaultClientTlsStrategy.createSystemDefault();
        return (socket, target, port, attachment, context) -> {
            String bundle = settings.of(target, HostSettings::sslBundle).orElse(settings.sslBundle());
            TlsSocketStrategy strategy =
                    bundle.isEmpty() ? usual : new DefaultClientTlsStrategy(contextOf(bundles, bundle));
            return strategy.upgrade(socket, target, port, attachment, context);
        };
    }

    private static SSLContext contextOf(SslBundles bundles, String name) {
        return bundles.getBundle(name).createSslContext();
    }

    /** The client for answers that are read as a whole. */
    @Bean
    HttpClientConfigurer callsToOutside(HostLimits limits, CallsUnderWay underWay, Proxies proxies) {
        return builder -> configure(builder, limits, proxies, underWay, this::limits);
    }

    /** The client for answers that are streamed and not kept: {@code #bean:downloads}. */
    @Bean
    HttpClientConfigurer downloads(HostLimits limits, CallsUnderWay underWay, Proxies proxies) {
        CallLimits download = new CallLimits(
                settings.downloadTimeout(),
                "connector.http.download-timeout",
                settings.maxDownloadSize(),
                "connector.http.max-download-size");
        return builder -> configure(builder, limits, proxies, underWay, scope -> download);
    }

    private CallLimits limits(ExecChain.Scope scope) {
        String host = scope.route.getTargetHost().getHostName();
        CallLimits usual = new CallLimits(
                settings.of(host, HostSettings::callTimeout).orElse(settings.callTimeout()),
                "connector.http.call-timeout",
                settings.of(host, HostSettings::maxAnswerSize).orElse(settings.maxAnswerSize()),
                "connector.http.max-answer-size");
        Timeout own = scope.clientContext.getRequestConfigOrDefault().getResponseTimeout();
        return Timeout.isPositive(own) ? usual.within(own.toDuration()) : usual;
    }

    private static void configure(
            HttpClientBuilder builder,
            HostLimits limits,
            Proxies proxies,
            CallsUnderWay underWay,
            Function<ExecChain.Scope, CallLimits> callLimits) {
        builder.setRoutePlanner(routes(proxies));
        builder.setDefaultCredentialsProvider(proxies);
        builder.addExecInterceptorFirst("limits", (request, scope, chain) -> {
            limits.await(scope.route.getTargetHost());
            return chain.proceed(request, scope);
        });
        builder.addExecInterceptorFirst("outcome", underWay.outermost(callLimits, proxies));
        builder.addExecInterceptorBefore(ChainElement.MAIN_TRANSPORT.name(), "guard", underWay::send);
    }

    private static HttpRoutePlanner routes(Proxies proxies) {
        return new DefaultRoutePlanner(null) {
            @Override
            protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context) {
                return proxies.of(target).map(NamedProxy::address).orElse(null);
            }
        };
    }
}
