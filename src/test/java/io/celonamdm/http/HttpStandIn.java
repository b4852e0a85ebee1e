package io.celonamdm.http;

import io.celonamdm.ledger.run.Fence;
import io.celonamdm.ledger.run.SyncStates;
import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.source.SettingsInForce;
import io.celonamdm.settings.source.SettingsOfTests;
import io.celonamdm.sync.Syncs;
import io.celonamdm.work.FencedCalls;
import java.net.ConnectException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** The connector's own HTTP client, without the rest of it. */
public final class HttpStandIn {
    private HttpStandIn() {}

    /** Its beans, all of the package, with a ledger that cannot be reached. */
    public static void register(AnnotationConfigApplicationContext beans, Map<String, ?> settings) {
        beans.registerBean(Clock.class, Clock::systemUTC);
        beans.registerBean(
                ConnectorSettings.class,
                () -> new Binder(new MapConfigurationPropertySource(settings))
                        .bindOrCreate("connector", ConnectorSettings.class));
        beans.registerBean(SslBundles.class, DefaultSslBundleRegistry::new);
        beans.registerBean(JdbcClient.class, () -> JdbcClient.create(new UnreachableDatabase()));
        beans.registerBean(SettingsInForce.class, () -> SettingsOfTests.inForce(Map.of()));
        beans.register(Fence.class, FencedCalls.class, Syncs.class, SyncStates.class);
        beans.scan("io.celonamdm.http");
    }

    /** Has a Camel context call by it, as the shipped one does. */
    public static void use(CamelContext camel, ApplicationContext beans) {
        for (String scheme : List.of("http", "https")) {
            HttpComponent component = camel.getComponent(scheme, HttpComponent.class);
            component.setAutomaticRetriesDisabled(true);
            component.setClientConnectionManager(beans.getBean(HttpClientConnectionManager.class));
            component.setHttpClientConfigurer(beans.getBean("callsToOutside", HttpClientConfigurer.class));
        }
    }

    /** As a driver says that its server is down: in the words of a call that did not get through. */
    private static final class UnreachableDatabase extends AbstractDataSource {
        @Override
        public Connection getConnection() throws SQLException {
            throw new SQLTransientConnectionException("no connection", new ConnectException("Connection refused"));
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }
    }
}
