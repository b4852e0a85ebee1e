package io.celonamdm.platform.intune;

import io.celonamdm.device.BrokenRecord;
import io.celonamdm.device.Handover;
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
import io.celonamdm.simulator.intune.IntuneSimulator;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.Pauses;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
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

    static final String GROUP = "0b8f1f2c-0000-4a51-9c2c-5f3a7d1e0c11";

    private final IntuneSimulator intune;
    private final Map<String, Object> settings = new HashMap<>();
    private final AnnotationConfigApplicationContext beans = new AnnotationConfigApplicationContext();
    private final CamelContext camel;
    private final ProducerTemplate template;
    private final CoreStandIn core;
    private final List<List<MdmDevice>> pages = new CopyOnWriteArrayList<>();
    private final AtomicInteger completed = new AtomicInteger();

    Tenant(PhoneFleet fleet) throws Exception {
        intune = IntuneSimulator.start(0, fleet, new NothingOrdered());
        camel = new DefaultCamelContext(new DefaultRegistry(new ApplicationContextBeanRepository(beans)));
        template = camel.createProducerTemplate();
        beans.registerBean(ProducerTemplate.class, () -> template);
        HttpStandIn.register(beans, Map.of("connector.http.requests-per-second", 100_000));
        beans.register(Pauses.class);
        beans.scan("io.celonamdm.platform.intune");
        beans.refresh();
        HttpStandIn.use(camel, beans);
        core = new CoreStandIn(pages, completed);
        camel.addRoutesConfigurations(core);
        camel.addRoutes(core);
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(
                        ResourceHelper.resolveResource(camel, "file:routes/platforms/intune.camel.yaml"),
                        ResourceHelper.resolveResource(camel, "file:routes/platforms/intune-push.camel.yaml"),
                        ResourceHelper.resolveResource(camel, "file:routes/platforms/intune-windows.camel.yaml"),
                        ResourceHelper.resolveResource(camel, "file:routes/platforms/intune-preflight.camel.yaml"),
                        ResourceHelper.resolveResource(camel, "file:routes/platforms/intune-calls.camel.yaml"));
        camel.start();
        set("schedule", "0 30 4 * * ?");
        set("mdm.platform", "intune");
        set("mdm.login-url", intune.url());
        set("mdm.graph-url", intune.url());
        set("mdm.tenant-id", intune.settings().tenantId());
        set("mdm.intune.export-poll", "20ms");
        set("mdm.intune.windows.group", GROUP);
        set("mdm.client-id", intune.settings().clientId());
        set("mdm.client-secret", intune.settings().clientSecret());
        set("celona.customer-id", "104242");
        set("celona.api-key", "key");
    }

    IntuneSimulator intune() {
        return intune;
    }

    /** Sets a setting of the sync. */
    Tenant set(String key, Object value) {
        settings.put("sync." + key, value);
        return this;
    }

    /** Pulls the inventory. */
    void pull() throws Exception {
        send("direct:intune-devices", null);
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

    /** Has phones download their eSIMs. */
    List<PushOutcome> push(Phone... phones) throws Exception {
        return pushed(null, null, phones);
    }

    /** The same after a call that was never answered. */
    List<PushOutcome> pushAgain(Phone... phones) throws Exception {
        return pushAgain(Instant.now(), phones);
    }

    /** The same after a call that was about to be made at a time, and was never answered. */
    List<PushOutcome> pushAgain(Instant since, Phone... phones) throws Exception {
        return pushed(null, since, phones);
    }

    /** Asks what became of commands. */
    List<PushOutcome> fate(String reference, Phone... phones) throws Exception {
        return pushed(reference, null, phones);
    }

    private List<PushOutcome> pushed(@Nullable String reference, @Nullable Instant since, Phone... phones)
            throws Exception {
        List<PushOrder.Target> targets = Stream.of(phones)
                .map(phone -> new PushOrder.Target(phone.eid(), recordOf(phone), reference, since))
                .toList();
        Object answer = send("direct:intune-push", new PushOrder("warehouse", ADDRESS, targets));
        return Handover.outcomes(answer);
    }

    private MdmDevice recordOf(Phone phone) {
        return new MdmDevice(
                phone.managementId(),
                phone.managementId(),
                phone.name(),
                "",
                "",
                "",
                intune.device(phone).os(),
                "",
                phone.eid(),
                null,
                null,
                List.of(),
                List.of(),
                null,
                null,
                null,
                Map.of("entraDeviceId", intune.device(phone).entraId()));
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

    /** The sync by the settings so far. */
    Sync sync() {
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
        intune.close();
    }
}
