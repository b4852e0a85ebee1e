package io.celonamdm.operations.notices;

import io.celonamdm.clock.OwnedClock;
import io.celonamdm.http.HttpStandIn;
import io.celonamdm.ledger.database.Actor;
import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.source.SettingsInForce;
import io.celonamdm.work.FencedCalls;
import java.lang.reflect.Constructor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spring.spi.ApplicationContextBeanRepository;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** One process that tells notices: its beans and its route, on a ledger that others may share, with a clock of the test. */
final class NoticeRig implements AutoCloseable {
    static final String SYNC = "warehouse";

    private static final Instant START = Instant.parse("2026-11-24T07:00:00Z");

    private final AnnotationConfigApplicationContext beans = new AnnotationConfigApplicationContext();
    private final OwnedClock clock;
    private final JdbcClient jdbc;
    private final CamelContext camel;
    private final ProducerTemplate template;

    /** @param more settings, keys and values by turns */
    NoticeRig(String ledger, OwnedClock clock, String... more) {
        this.clock = clock;
        DriverManagerDataSource database = new DriverManagerDataSource(ledger);
        jdbc = JdbcClient.create(database);
        jdbc.sql("insert into sync (name, schedule, time_zone) values (:sync, '', 'UTC') on conflict do nothing")
                .param("sync", SYNC)
                .update();
        beans.registerBean(Clock.class, () -> clock);
        beans.registerBean(ConnectorSettings.class, () -> settings(more));
        beans.registerBean(SettingsInForce.class, () -> inForce(beans.getBean(ConnectorSettings.class)));
        beans.registerBean(SslBundles.class, DefaultSslBundleRegistry::new);
        beans.registerBean(JdbcClient.class, () -> jdbc);
        beans.registerBean(JdbcTemplate.class, () -> new JdbcTemplate(database));
        beans.registerBean(Actor.class, () -> () -> "test");
        beans.register(FencedCalls.class);
        beans.setAllowBeanDefinitionOverriding(true);
        beans.getDefaultListableBeanFactory().setAllowBeanDefinitionOverriding(true);
        scanLazily();
        camel = new DefaultCamelContext(new DefaultRegistry(new ApplicationContextBeanRepository(beans)));
        camel.disableJMX();
        template = camel.createProducerTemplate();
        beans.registerBean(ProducerTemplate.class, () -> template);
        beans.refresh();
        HttpStandIn.use(camel, beans);
        startRoutes();
    }

    static OwnedClock clock() {
        return new OwnedClock(START);
    }

    private void scanLazily() {
        beans.scan(
                "io.celonamdm.http",
                "io.celonamdm.ledger.device",
                "io.celonamdm.ledger.report",
                "io.celonamdm.ledger.run",
                "io.celonamdm.sync",
                "io.celonamdm.operations.needs",
                "io.celonamdm.operations.notices");
        // what nobody asks for is not made
        beans.addBeanFactoryPostProcessor(factory -> {
            for (String name : factory.getBeanDefinitionNames()) {
                factory.getBeanDefinition(name).setLazyInit(true);
            }
        });
    }

    private void startRoutes() {
        try {
            camel.addRoutesConfigurations(new RouteConfigurationBuilder() {
                @Override
                public void configuration() {
                    routeConfiguration("firing");
                }
            });
            camel.setAutoStartup(false);
            PluginHelper.getRoutesLoader(camel)
                    .loadRoutes(ResourceHelper.resolveResource(camel, "file:routes/notify.camel.yaml"));
            camel.start();
            camel.getRouteController().startRoute("notice");
        } catch (Exception e) {
            throw new IllegalStateException("the route does not load", e);
        }
    }

    private static ConnectorSettings settings(String... more) {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "connector.syncs." + SYNC + ".schedule", "0 30 4 * * ?",
                "connector.syncs." + SYNC + ".mdm.platform", "jamf",
                "connector.syncs." + SYNC + ".celona.customer-id", "104242",
                "connector.syncs." + SYNC + ".celona.api-key", "key"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put("connector." + more[i], more[i + 1]);
        }
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("connector", ConnectorSettings.class);
    }

    private static SettingsInForce inForce(ConnectorSettings settings) {
        Constructor<?> constructor = SettingsInForce.class.getDeclaredConstructors()[0];
        return (SettingsInForce) BeanUtils.instantiateClass(constructor, null, settings, START);
    }

    <T> T bean(Class<T> type) {
        return beans.getBean(type);
    }

    JdbcClient jdbc() {
        return jdbc;
    }

    /** Finds what is new, and sends what is due. */
    void look() {
        for (var notice : bean(Notifications.class).due()) {
            template.send("direct:notice", exchange -> exchange.setProperty("notice", notice));
        }
    }

    /** Looks again and again, for so long. */
    void pass(Duration time) {
        clock.pass(time);
        look();
        clock.pass(Duration.ofSeconds(15));
        look();
        clock.pass(Duration.ofSeconds(15));
        look();
    }

    /** A device in a place, which is a dead letter if the place says so. Returns its id. */
    long device(int number, String place, String step, String code) {
        String eid = eid(number);
        jdbc.sql("""
                        insert into device (sync, customer_id, eid, owned_eid, step, place, code, created_at)
                        values (:sync, '104242', :eid, :eid, :step, :place, :code, :now)
                        """)
                .param("sync", SYNC)
                .param("eid", eid)
                .param("step", step)
                .param("place", place)
                .param("code", code)
                .param("now", now())
                .update();
        long id = jdbc.sql("select id from device where eid = :eid")
                .param("eid", eid)
                .query(Long.class)
                .single();
        if (place.equals("DEAD")) {
            jdbc.sql("""
                            insert into dead_letter (sync, device_id, open_device, eid, step, code, reason, attempts,
                                first_at, last_at)
                            values (:sync, :id, :id, :eid, :step, :code, 'a test', 1, :now, :now)
                            """)
                    .param("sync", SYNC)
                    .param("id", id)
                    .param("eid", eid)
                    .param("step", step)
                    .param("code", code)
                    .param("now", now())
                    .update();
        }
        return id;
    }

    static String eid(int number) {
        return "8904903212345123451234%010d".formatted(number);
    }

    /** Puts a dead letter back to work. */
    void redrive(long device) {
        jdbc.sql("update device set place = 'WAITING', code = null where id = :id")
                .param("id", device)
                .update();
        jdbc.sql("update dead_letter set open_device = null, redriven_at = :now where open_device = :id")
                .param("now", now())
                .param("id", device)
                .update();
    }

    /** Moves a device. */
    void move(long device, String place, String step) {
        jdbc.sql("update device set place = :place, step = :step where id = :id")
                .param("place", place)
                .param("step", step)
                .param("id", device)
                .update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    /** The waiting notices, with why they wait. */
    List<String> waiting() {
        return jdbc.sql("select coalesce(failure, '-') from notice where due_at is not null order by id")
                .query(String.class)
                .list();
    }

    @Override
    public void close() {
        camel.stop();
        beans.close();
    }
}
