package io.celonamdm.http;

import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.HttpSettings;
import io.celonamdm.settings.HttpSettings.HostSettings;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.Credentials;
import org.apache.hc.client5.http.auth.CredentialsProvider;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Chooses the proxy of a host: from the settings, else from the JVM's system properties, else from the usual
 * environment variables. The latter two never apply to this machine itself.
 */
@Component
public class Proxies implements CredentialsProvider {
    private static final Logger LOG = LoggerFactory.getLogger(Proxies.class);
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

    private static final int LAST_PORT = 65_535;

    private final HttpSettings settings;
    private final Map<String, String> environment;
    private final ProxySelector systemProperties;

    @Autowired
    Proxies(ConnectorSettings settings) {
        this(settings.http(), System.getenv(), Objects.requireNonNull(ProxySelector.getDefault()));
    }

    Proxies(HttpSettings settings, Map<String, String> environment, ProxySelector systemProperties) {
        this.settings = settings;
        this.environment = environment;
        this.systemProperties = systemProperties;
        Stream.of("https", "http").forEach(this::tellUnusable);
    }

    /**
     * A proxy, and where it was set.
     *
     * @param address scheme, host and port; no user
     * @param source the setting, or another source of the address, in words
     */
    public record NamedProxy(HttpHost address, String source) {
        @Override
        public String toString() {
            return "%s (%s)".formatted(address.toURI(), source);
        }
    }

    /**
     * The proxy of a host.
     *
     * @param target the scheme, host and port to call
     * @return empty if the host is called directly
     */
    public Optional<NamedProxy> of(HttpHost target) {
        String host = target.getHostName();
        Optional<URI> own = settings.of(host, HostSettings::proxy);
        if (own.isPresent()) {
            return named(own.get(), "connector.http.hosts");
        }
        if (settings.isWithoutProxy(host)) {
            return Optional.empty();
        }
        if (settings.proxy() != null) {
            return named(settings.proxy(), "connector.http.proxy");
        }
        if (THIS_MACHINE.contains(host.toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        return ofSystemProperties(target).or(() -> ofEnvironment(target));
    }

    private Optional<NamedProxy> ofSystemProperties(HttpHost target) {
        return systemProperties.select(URI.create(target.toURI())).stream()
                .filter(each -> each.type() == Proxy.Type.HTTP)
                .map(each -> (InetSocketAddress) each.address())
                .map(each -> new NamedProxy(
                        new HttpHost("http", each.getHostString(), each.getPort()), "the JVM's system properties"))
                .findFirst();
    }

    private Optional<NamedProxy> ofEnvironment(HttpHost target) {
        return variable(target.getSchemeName())
                .filter(each -> !isExempt(target))
                .flatMap(each -> address(each.getValue()).flatMap(uri -> named(uri, each.getKey())));
    }

    /** As in {@code curl}: names including subdomains, with or without a leading dot, some with a port; * for all. */
    private boolean isExempt(HttpHost target) {
        String host = target.getHostName().toLowerCase(Locale.ROOT);
        int port = DefaultSchemePortResolver.INSTANCE.resolve(target);
        return first("NO_PROXY").map(Map.Entry::getValue).stream()
                .flatMap(each -> Stream.of(each.toLowerCase(Locale.ROOT).split("[,\\s]+")))
                .map(each -> each.endsWith(":" + port) ? each.substring(0, each.lastIndexOf(':')) : each)
                .map(each -> each.replaceFirst("^\\*?\\.", ""))
                .filter(each -> !each.isEmpty())
                .anyMatch(each -> each.equals("*") || host.equals(each) || host.endsWith("." + each));
    }

    private Optional<Map.Entry<String, String>> variable(String scheme) {
        return first(scheme.toUpperCase(Locale.ROOT) + "_PROXY").or(() -> first("ALL_PROXY"));
    }

    private Optional<Map.Entry<String, String>> first(String name) {
        return Stream.of(name.toLowerCase(Locale.ROOT), name)
                .filter(each -> !environment.getOrDefault(each, "").isBlank())
                .map(each -> Map.entry(each, environment.getOrDefault(each, "").strip()))
                .findFirst();
    }

    private static Optional<URI> address(String value) {
        try {
            URI uri = URI.create(value.contains("://") ? value : "http://" + value);
            boolean usable = List.of("http", "https").contains(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getPort() <= LAST_PORT;
            return usable ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void tellUnusable(String scheme) {
        variable(scheme)
                .filter(each -> address(each.getValue()).isEmpty())
                .ifPresent(each -> LOG.warn(
                        "the environment variable {} is not http://host:port and is ignored; correct it, or set connector.http.proxy",
                        each.getKey()));
    }

    private static Optional<NamedProxy> named(URI address, String source) {
        int port = DefaultSchemePortResolver.INSTANCE.resolve(HttpHost.create(address));
        return Optional.of(new NamedProxy(new HttpHost(address.getScheme(), address.getHost(), port), source));
    }

    /** The user for a proxy that asks for one: from the settings, or from the address in the environment. */
    @Override
    public @Nullable Credentials getCredentials(AuthScope scope, HttpContext context) {
        if (isOfSettings(scope)) {
            return settings.proxyUser().isEmpty()
                    ? null
                    : new UsernamePasswordCredentials(
                            settings.proxyUser(), settings.proxyPassword().toCharArray());
        }
        return Stream.of("https", "http")
                .flatMap(scheme -> variable(scheme).stream())
                .flatMap(each -> address(each.getValue()).stream())
                .filter(each -> each.getUserInfo() != null && isAt(scope, each))
                .map(each -> each.getUserInfo().split(":", 2))
                .map(each -> new UsernamePasswordCredentials(each[0], each.length > 1 ? each[1].toCharArray() : null))
                .findFirst()
                .orElse(null);
    }

    private boolean isOfSettings(AuthScope scope) {
        return Stream.concat(
                        Stream.ofNullable(settings.proxy()),
                        settings.hosts().values().stream().flatMap(each -> Stream.ofNullable(each.proxy())))
                .anyMatch(each -> isAt(scope, each));
    }

    private static boolean isAt(AuthScope scope, URI proxy) {
        return named(proxy, "").stream()
                .map(NamedProxy::address)
                .anyMatch(each ->
                        each.getHostName().equalsIgnoreCase(scope.getHost()) && each.getPort() == scope.getPort());
    }
}
