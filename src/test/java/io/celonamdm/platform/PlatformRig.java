package io.celonamdm.platform;

import io.celonamdm.device.BrokenRecord;
import io.celonamdm.device.InventoryPage;
import io.celonamdm.device.LookOrder;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.device.PlatformMessages;
import io.celonamdm.device.PushOrder;
import io.celonamdm.device.PushOutcome;
import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.esim.SyncName;
import io.celonamdm.http.Failures;
import io.celonamdm.preflight.Check;
import io.celonamdm.preflight.PlatformChecks;
import io.celonamdm.settings.SyncSettings;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.ProfileServer;
import io.celonamdm.sync.Sync;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The shipped routes and beans of a platform, by themselves, in front of a simulated tenant of this rig's own. */
public abstract class PlatformRig implements AutoCloseable {
    /** An SM-DP+ on which nothing is ordered: the platform's part ends with the command. */
    protected static final ProfileServer NOTHING_ORDERED = new ProfileServer() {
        @Override
        public List<String> ordered(String address, String eid) {
            return List.of();
        }

        @Override
        public void downloaded(String iccid) {
            throw new AssertionError("nothing was ordered");
        }
    };

    private static final SmdpAddress ADDRESS = SmdpAddress.of("https://sm-v4-072-d-gtm.pr.go-esim.com");

    private static final Set<String> ADDRESSES = ConcurrentHashMap.newKeySet();

    private final String platform;
    private final Map<String, Object> settings = new HashMap<>();
    private final PlatformContext context;
    private final List<List<MdmDevice>> pages = new CopyOnWriteArrayList<>();
    private final List<BrokenRecord> broken = new CopyOnWriteArrayList<>();
    private final AtomicInteger completed = new AtomicInteger();
    private boolean inFiring;

    /** @param more beans of the core that the platform uses */
    protected PlatformRig(String platform, Class<?>... more) {
        this.platform = platform;
        context = PlatformContext.of(platform, more);
        set("schedule", "0 30 4 * * ?");
        set("mdm.platform", platform);
        set("celona.customer-id", "104242");
        set("celona.api-key", "key");
    }

    /** Starts a tenant at an address that no earlier one had: the platform's beans remember by it. */
    protected static <T extends AutoCloseable> T started(Supplier<T> tenants, Function<T, String> address) {
        while (true) {
            T tenant = tenants.get();
            if (ADDRESSES.add(address.apply(tenant))) {
                return tenant;
            }
            try {
                tenant.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Sets a setting of the sync. */
    public PlatformRig set(String key, Object value) {
        settings.put("sync." + key, value);
        return this;
    }

    /** What is sent from now on is the work of a firing, which tries again later. */
    public final void inFiring() {
        inFiring = true;
    }

    /** A bean of the core or of the platform. */
    public final <T> T bean(Class<T> type) {
        return context.beans().getBean(type);
    }

    void shown(InventoryPage page) {
        pages.add(page.devices());
        broken.addAll(page.broken());
    }

    void complete() {
        completed.incrementAndGet();
    }

    /** Pulls the inventory. */
    public final void pull() throws Exception {
        send(platform + "-devices", null);
    }

    /** Looks for devices that were enrolled since a time. */
    public final List<MdmDevice> look(Instant since) {
        Sync sync = sync();
        Exchange looked = context.template().request("direct:" + platform + "-additions", exchange -> {
            exchange.setProperty("sync", sync);
            exchange.setProperty("look", new LookOrder(since, since));
        });
        return PlatformMessages.page(looked.getMessage().getBody()).devices();
    }

    /** The records that could not be read so far. */
    public final List<BrokenRecord> broken() {
        return broken;
    }

    /** The pages shown so far. */
    public final List<List<MdmDevice>> pages() {
        return pages;
    }

    /** The devices shown so far. */
    public final List<MdmDevice> devices() {
        return pages.stream().flatMap(List::stream).toList();
    }

    /** How many pulls were complete. */
    public final int completed() {
        return completed.get();
    }

    /**
     * Has phones download their eSIMs.
     *
     * @param reference the command that was sent before, whose fate is asked; null to send one
     * @param since when a call was about to be made that was never answered; null if there was none
     */
    protected final List<PushOutcome> pushed(@Nullable String reference, @Nullable Instant since, Phone... phones)
            throws Exception {
        List<PushOrder.Target> targets = Stream.of(phones)
                .map(phone -> new PushOrder.Target(phone.eid(), recordOf(phone), reference, since))
                .toList();
        return ordered(targets);
    }

    /** Sends an order. */
    protected final List<PushOutcome> ordered(List<PushOrder.Target> targets) throws Exception {
        return PlatformMessages.outcomes(
                send(platform + "-push", new PushOrder(new SyncName("warehouse"), ADDRESS, targets)));
    }

    /** What the platform's inventory says of a phone. */
    protected abstract MdmDevice recordOf(Phone phone);

    /** A record with what a push needs, and nothing else. */
    protected static MdmDevice record(String id, Phone phone, String os, Map<String, String> fields) {
        return MdmDevice.builder(id)
                .managementId(phone.managementId())
                .name(phone.name())
                .os(os)
                .eid(phone.eid())
                .attributes(fields)
                .build();
    }

    /** What the checks of a preflight see, each by its name, or the code of its failure. */
    public final Map<String, Object> checks() {
        Map<String, Object> seen = new LinkedHashMap<>();
        for (Check check : bean(PlatformChecks.class).of(sync())) {
            try {
                seen.put(check.name(), send(check.route(), null));
            } catch (Exception e) {
                seen.put(check.name(), bean(Failures.class).of(e).code());
            }
        }
        return seen;
    }

    /** The sync by the settings so far. */
    public final Sync sync() {
        SyncSettings bound = new Binder(new MapConfigurationPropertySource(settings))
                .bind("sync", SyncSettings.class)
                .get();
        return Sync.of("warehouse", bound);
    }

    /** Sends a body to a route of the platform: its answer. */
    protected final Object send(String route, @Nullable Object body) throws Exception {
        return Objects.requireNonNull(sent(route, body).getMessage().getBody());
    }

    /** The same of a route that returns nothing. */
    protected final Exchange sent(String route, @Nullable Object body) throws Exception {
        return sent(route, body, Map.of());
    }

    /** The same with exchange properties. */
    protected final Exchange sent(String route, @Nullable Object body, Map<String, Object> properties)
            throws Exception {
        Sync sync = sync();
        Exchange answer = context.template().send("direct:" + route, exchange -> {
            properties.forEach(exchange::setProperty);
            exchange.setProperty(CoreStandIn.RIG, this);
            exchange.setProperty("sync", sync);
            exchange.setProperty("firing", inFiring ? this : null);
            exchange.getMessage().setBody(body);
        });
        if (answer.getException() != null) {
            throw answer.getException();
        }
        return answer;
    }

    @Override
    public abstract void close();
}
