package io.celonamdm.platform.jamf;

import io.celonamdm.device.BrokenRecord;
import io.celonamdm.device.FollowUpOrder;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.device.PushOrder;
import io.celonamdm.device.PushOutcome;
import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.http.Failures;
import io.celonamdm.http.HttpStandIn;
import io.celonamdm.platform.CoreStandIn;
import io.celonamdm.preflight.Check;
import io.celonamdm.preflight.PlatformChecks;
import io.celonamdm.settings.SyncSettings;
import io.celonamdm.simulator.jamf.JamfSimulator;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.sync.Sync;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spring.spi.ApplicationContextBeanRepository;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** A simulated tenant, and the shipped routes of the platform in front of it. */
final class Tenant implements AutoCloseable {
    private static final SmdpAddress ADDRESS = SmdpAddress.of("https://sm-v4-072-d-gtm.pr.go-esim.com");

    private final JamfSimulator jamf;
    private final Map<String, Object> settings = new HashMap<>();
    private final AnnotationConfigApplicationContext beans = new AnnotationConfigApplicationContext();
    private final CamelContext camel;
    private final ProducerTemplate template;
    private final CoreStandIn core;
    private final List<List<MdmDevice>> pages = new CopyOnWriteArrayList<>();
    private final AtomicInteger completed = new AtomicInteger();

    Tenant(PhoneFleet fleet) throws Exception {
        jamf = JamfSimulator.start(0, fleet, new NothingOrdered());
        camel = new DefaultCamelContext(new DefaultRegistry(new ApplicationContextBeanRepository(beans)));
        template = camel.createProducerTemplate();
        beans.registerBean(ProducerTemplate.class, () -> template);
        HttpStandIn.register(beans, Map.of("connector.http.requests-per-second", 100_000));
        beans.scan("io.celonamdm.platform.jamf");
        beans.refresh();
        HttpStandIn.use(camel, beans);
        core = new CoreStandIn(pages, completed);
        camel.addRoutesConfigurations(core);
        camel.addRoutes(core);
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(
                        ResourceHelper.resolveResource(camel, "file:routes/platforms/jamf.camel.yaml"),
                        ResourceHelper.resolveResource(camel, "file:routes/platforms/jamf-follow-ups.camel.yaml"),
                        ResourceHelper.resolveResource(camel, "file:routes/platforms/jamf-preflight.camel.yaml"),
                        ResourceHelper.resolveResource(camel, "file:routes/platforms/jamf-calls.camel.yaml"));
        camel.start();
        set("schedule", "0 30 4 * * ?");
        set("mdm.platform", "jamf");
        set("mdm.base-url", jamf.url());
        set("mdm.client-id", jamf.settings().clientId());
        set("mdm.client-secret", jamf.settings().clientSecret());
        set("celona.customer-id", "104242");
        set("celona.api-key", "key");
    }

    JamfSimulator jamf() {
        return jamf;
    }

    /** Sets a setting of the sync. */
    Tenant set(String key, Object value) {
        settings.put("sync." + key, value);
        return this;
    }

    /** Pulls the inventory. */
    void pull() throws Exception {
        send("direct:jamf-devices", null);
    }

    /** The records that could not be read so far. */
    List<BrokenRecord> broken() {
        return core.broken();
    }

    /** The pages shown so far. */
    List<List<MdmDevice>> pages() {
        return pages;
    }

    /** The devices shown so far. */
    List<MdmDevice> devices() {
        return pages.stream().flatMap(List::stream).toList();
    }

    /** How many pulls were complete. */
    int completed() {
        return completed.get();
    }

    /** Has a phone download its eSIM. */
    PushOutcome push(Phone phone) throws Exception {
        return pushed(phone, null, null);
    }

    /** The same after a call that was about to be made at a time, and was never answered. */
    PushOutcome pushAgain(Phone phone, Instant since) throws Exception {
        return pushed(phone, null, since);
    }

    /** Asks what became of a command. */
    PushOutcome fate(Phone phone, String reference) throws Exception {
        return pushed(phone, reference, null);
    }

    private PushOutcome pushed(Phone phone, @Nullable String reference, @Nullable Instant since) throws Exception {
        PushOrder.Target target = new PushOrder.Target(phone.eid(), recordOf(phone), reference, since);
        Object answer = send("direct:jamf-push", new PushOrder("warehouse", ADDRESS, List.of(target)));
        return (PushOutcome) ((List<?>) answer).get(0);
    }

    private MdmDevice recordOf(Phone phone) {
        return new MdmDevice(
                jamf.idOf(phone),
                phone.managementId(),
                phone.name(),
                "",
                "",
                "",
                "iOS",
                "",
                phone.eid(),
                null,
                null,
                List.of(),
                List.of(),
                null,
                null,
                null,
                Map.of());
    }

    /** Sends devices to a follow-up route. */
    void followUp(String route, FollowUpOrder.Target... targets) throws Exception {
        send("direct:" + route, new FollowUpOrder("warehouse", List.of(targets)));
    }

    /** What the checks of a preflight see, each by its name, or the code of its failure. */
    Map<String, Object> checks() {
        Map<String, Object> seen = new LinkedHashMap<>();
        for (Check check : beans.getBean(PlatformChecks.class).of(sync())) {
            try {
                seen.put(check.name(), send("direct:" + check.route(), null));
            } catch (Exception e) {
                seen.put(check.name(), beans.getBean(Failures.class).of(e).code());
            }
        }
        return seen;
    }

    private Sync sync() {
        SyncSettings bound = new Binder(new MapConfigurationPropertySource(settings))
                .bind("sync", SyncSettings.class)
                .get();
        return Sync.of("warehouse", bound);
    }

    private Object send(String route, @Nullable Object body) throws Exception {
        Sync sync = sync();
        Exchange answer = template.send(route, exchange -> {
            exchange.setProperty("sync", sync);
            exchange.getMessage().setBody(body);
        });
        if (answer.getException() != null) {
            throw answer.getException();
        }
        return Objects.requireNonNull(answer.getMessage().getBody());
    }

    @Override
    public void close() {
        camel.stop();
        beans.close();
        jamf.close();
    }
}
