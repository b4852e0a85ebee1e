package io.celonamdm.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.HttpSettings;
import io.celonamdm.settings.HttpSettings.HostSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Which proxy a host is called through, and who says so. */
class ProxiesTests {
    private static final String STORAGE = "https://amsua0702repexpstorage.blob.core.windows.net";

    private final Map<String, Object> settings = new TreeMap<>();
    private final Map<String, String> environment = new TreeMap<>();
    private @Nullable InetSocketAddress systemProperty;

    private Proxies proxies() {
        settings.put("connector.http.replicas", 1);
        HttpSettings http = new Binder(new MapConfigurationPropertySource(settings))
                .bind("connector", ConnectorSettings.class)
                .get()
                .http();
        return new Proxies(http, environment, new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return List.of(systemProperty == null ? Proxy.NO_PROXY : new Proxy(Proxy.Type.HTTP, systemProperty));
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
        });
    }

    private String of(String address) {
        try {
            return proxies().of(HttpHost.create(address)).map(Object::toString).orElse("directly");
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void withoutAnySettingAllHostsAreCalledDirectly() {
        assertThat(of("https://api.celona.io")).isEqualTo("directly");
    }

    @Test
    void oneSettingCountsForAllHostsButThoseNamed() {
        settings.put("connector.http.proxy", "http://proxy.example:3128");
        settings.put("connector.http.no-proxy", "*.Intranet.example, jamf.example");

        assertThat(of("https://api.celona.io")).isEqualTo("http://proxy.example:3128 (connector.http.proxy)");
        assertThat(of("https://a.b.intranet.example")).isEqualTo("directly");
        assertThat(of("https://intranet.example")).startsWith("http://proxy");
        assertThat(of("https://JAMF.example")).isEqualTo("directly");
    }

    @Test
    void aHostOrAPatternHasAProxyOfItsOwn() {
        settings.put("connector.http.proxy", "http://proxy.example:3128");
        settings.put("connector.http.no-proxy", "*.windows.net");
        settings.put("connector.http.hosts.[*.blob.core.windows.net].proxy", "http://storage.example:8080");
        settings.put("connector.http.hosts.[*.windows.net].proxy", "http://windows.example:8080");
        settings.put("connector.http.hosts.[one.blob.core.windows.net].proxy", "https://one.example:8443");

        assertThat(of(STORAGE)).isEqualTo("http://storage.example:8080 (connector.http.hosts)");
        assertThat(of("https://one.blob.core.windows.net")).startsWith("https://one.example:8443");
        assertThat(of("https://login.windows.net")).startsWith("http://windows.example:8080");
    }

    @Test
    void whatAHostDoesNotSayItsPatternDoes() {
        settings.put("connector.http.hosts.[*.example.com].ssl-bundle", "company");
        settings.put("connector.http.hosts.[*.example.com].max-connections", 3);
        settings.put("connector.http.hosts.[a.example.com].max-connections", 4);
        settings.put("connector.http.ssl-bundle", "everywhere");
        proxies();
        HttpSettings http = new Binder(new MapConfigurationPropertySource(settings))
                .bind("connector", ConnectorSettings.class)
                .get()
                .http();

        assertThat(http.of("A.example.com", HostSettings::maxConnections)).contains(4);
        assertThat(http.of("a.example.com", HostSettings::sslBundle)).contains("company");
        assertThat(http.of("api.celona.io", HostSettings::sslBundle)).isEmpty();
    }

    @Test
    void aPortThatDoesNotExistIsNoAddress() {
        environment.put("HTTPS_PROXY", "http://proxy.example:99999");

        assertThat(of("https://api.celona.io")).isEqualTo("directly");
    }

    @Test
    void systemPropertiesComeBeforeTheEnvironmentAndAfterTheSettings() {
        environment.put("HTTPS_PROXY", "http://variable.example:1");
        assertThat(of("https://api.celona.io")).isEqualTo("http://variable.example:1 (HTTPS_PROXY)");

        systemProperty = InetSocketAddress.createUnresolved("property.example", 2);
        assertThat(of("https://api.celona.io")).isEqualTo("http://property.example:2 (the JVM's system properties)");

        settings.put("connector.http.proxy", "http://setting.example:3");
        assertThat(of("https://api.celona.io")).isEqualTo("http://setting.example:3 (connector.http.proxy)");
    }

    @ParameterizedTest
    @CsvSource({
        "HTTPS_PROXY, proxy.example:3128, https://api.celona.io, http://proxy.example:3128 (HTTPS_PROXY)",
        "https_proxy, proxy.example, https://api.celona.io, http://proxy.example:80 (https_proxy)",
        "https_proxy, https://proxy.example, https://api.celona.io, https://proxy.example:443 (https_proxy)",
        "HTTP_PROXY, http://proxy.example:1, https://api.celona.io, directly",
        "http_proxy, http://proxy.example:1, http://api.celona.io, http://proxy.example:1 (http_proxy)",
        "ALL_PROXY, http://proxy.example:1, https://api.celona.io, http://proxy.example:1 (ALL_PROXY)",
        "HTTPS_PROXY, http://proxy.example:1, https://localhost:8080, directly",
        "HTTPS_PROXY, http://proxy.example:1, https://127.0.0.1:8080, directly",
        "HTTPS_PROXY, 'not an address', https://api.celona.io, directly",
        "HTTPS_PROXY, socks5://proxy.example:1, https://api.celona.io, directly"
    })
    void theEnvironmentIsReadAsItsUsualProgramsDo(String name, String value, String target, String expected) {
        environment.put(name, value);

        assertThat(of(target)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "celona.io, true",
        ".celona.io, true",
        "*.celona.io, true",
        "'example.com, API.celona.io', true",
        "api.celona.io:443, true",
        "api.celona.io:8443, false",
        "*, true",
        "elona.io, false",
        "'', false"
    })
    void theEnvironmentExemptsHosts(String exempt, boolean directly) {
        environment.put("https_proxy", "http://proxy.example:1");
        environment.put("no_proxy", exempt);

        assertThat(of("https://api.celona.io").equals("directly")).isEqualTo(directly);
    }

    @Test
    void aProxyIsToldItsOwnUserAndNobodyElseIs() {
        environment.put("HTTPS_PROXY", "http://night:hush:2@variable.example:1");
        assertThat(of("https://api.celona.io")).doesNotContain("hush");
        assertThat(userAt("variable.example", 1)).isEqualTo("night hush:2");
        assertThat(userAt("api.celona.io", 443)).isEmpty();

        settings.put("connector.http.proxy", "http://proxy.example:3128");
        settings.put("connector.http.proxy-user", "connector");
        settings.put("connector.http.proxy-password", "hush");
        assertThat(userAt("proxy.example", 3128)).isEqualTo("connector hush");
        assertThat(userAt("proxy.example", 3129)).isEmpty();
    }

    private String userAt(String host, int port) {
        UsernamePasswordCredentials user = (UsernamePasswordCredentials)
                proxies().getCredentials(new AuthScope(host, port), HttpClientContext.create());
        return user == null
                ? ""
                : user.getUserName() + " " + new String(Objects.requireNonNull(user.getUserPassword()));
    }
}
