package io.celonamdm.work;

import io.celonamdm.clock.OwnedClock;
import io.celonamdm.database.TestDatabase;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Step;
import io.celonamdm.json.Json;
import io.celonamdm.ledger.database.Actor;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.ledger.device.DueDevices;
import io.celonamdm.ledger.device.DueDevices.Alike;
import io.celonamdm.settings.SyncSettings;
import io.celonamdm.settings.source.SettingsOfTests;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.call.AssignCall;
import io.celonamdm.work.call.Call;
import io.celonamdm.work.call.Prepared;
import io.celonamdm.work.failure.CallFailures;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.AutowiredAnnotationBeanPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The beans of the steps with their own ledger; the test controls time and jitter. No route, trigger or vendor is
 * started. Each test gets new syncs, so that tests can share the ledger.
 */
public final class StepRig {
    static final String ADDRESS = "sm-v4-072-d-gtm.pr.go-esim.com";

    private static final Instant START = Instant.parse("2026-11-24T03:00:00Z");

    /** The rules compare a sync with the others that are configured, of which there is always one. */
    private static final Map<String, Object> CONFIGURED = Map.of(
            "connector.syncs.configured.schedule", "0 30 4 * * ?",
            "connector.syncs.configured.mdm.platform", "csv",
            "connector.syncs.configured.mdm.folder", "exports",
            "connector.syncs.configured.celona.customer-id", "104242",
            "connector.syncs.configured.celona.api-key", "key");

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
    private final String url;
    private final OwnedClock clock;
    private int numbers;

    public StepRig() {
        this(TestDatabase.migrated(), new OwnedClock(START));
    }

    private StepRig(String url, OwnedClock clock) {
        this.url = url;
        this.clock = clock;
        SingleConnectionDataSource database = new SingleConnectionDataSource(url, true);
        jdbc = JdbcClient.create(database);
        transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        beans.registerSingleton("jdbcClient", jdbc);
        beans.registerSingleton("jdbcTemplate", new JdbcTemplate(database));
        beans.registerSingleton("clock", clock);
        beans.registerSingleton("actor", (Actor) () -> "test");
        beans.registerSingleton("jitter", (RandomGenerator) () -> 0);
        beans.registerSingleton("inForce", SettingsOfTests.inForce(CONFIGURED));
        beans.registerBeanDefinition("camel", new RootBeanDefinition(CamelContext.class, StepRig::platforms));
        beans.addEmbeddedValueResolver(new StandardEnvironment()::resolvePlaceholders);
        new ClassPathBeanDefinitionScanner(beans)
                .scan(
                        "io.celonamdm.ledger",
                        "io.celonamdm.recovery",
                        "io.celonamdm.sync",
                        "io.celonamdm.planning",
                        "io.celonamdm.schedule",
                        "io.celonamdm.http",
                        "io.celonamdm.work");
        beans.addBeanPostProcessor(beans.getBean(AutowiredAnnotationBeanPostProcessor.class));
    }

    /** The beans of another replica on the same ledger; it tells the same time. */
    public StepRig replica() {
        return new StepRig(url, clock);
    }

    /** What the route files say of the platforms, without the routes. */
    private static CamelContext platforms() {
        CamelContext camel = new DefaultCamelContext();
        camel.getRegistry().bind("intune-devices-per-call", 100);
        return camel;
    }

    public <T> T bean(Class<T> type) {
        return beans.getBean(type);
    }

    public Instant now() {
        return clock.instant();
    }

    public void wait(Duration time) {
        clock.pass(time);
    }

    /** A new sync, with settings beside those that every sync has. */
    public Sync sync(String... more) {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "sync.schedule", "0 30 4 * * ?",
                "sync.mdm.platform", "jamf",
                "sync.mdm.push", "command",
                "sync.celona.customer-id", "104242",
                "sync.celona.api-key", "key"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put("sync." + more[i], more[i + 1]);
        }
        String name = "sync-" + ++numbers;
        jdbc.sql("insert into sync (name, schedule, time_zone) values (:name, '', 'UTC')")
                .param("name", name)
                .update();
        return Sync.of(
                name,
                new Binder(new MapConfigurationPropertySource(settings))
                        .bind("sync", SyncSettings.class)
                        .get());
    }

    /** Devices of the sync in flight at the step of the work. */
    public Work work(Sync sync, Work.Kind kind, int devices) {
        for (int i = 0; i < devices; i++) {
            add(sync, Objects.requireNonNull(kind.step()));
        }
        return due(sync, kind);
    }

    /** What is due of the sync at the step of the work, in flight from now on. */
    public Work due(Sync sync, Work.Kind kind) {
        Step step = Objects.requireNonNull(kind.step());
        Alike alike = step == Step.ASSIGN ? Alike.PART : null;
        List<Device> taken = in(() -> bean(DueDevices.class).take(sync.name(), step, alike, now(), 1000, null));
        return new Work(sync, kind, taken, null);
    }

    /** The call that the step journals for its work; null if it journals none, as AWAIT and CONFIRM do. */
    @Nullable
    public Call intended(Work work) {
        Prepared prepared = in(() -> switch (work.kind()) {
            case ASSIGN -> bean(Assignment.class).intend(work);
            case PUSH -> bean(Pushing.class).intend(work);
            case ACTIVATE -> bean(Activation.class).intend(work);
            case AWAIT, CONFIRM, ATTRIBUTE, PROFILE -> Prepared.NOTHING;
        });
        return prepared.call();
    }

    /** The route {@code failed} hears of an exception. */
    public void fail(Work work, @Nullable Call call, Exception exception) {
        in(() -> bean(CallFailures.class).failed(work, call, null, null, null, exception));
    }

    /** Runs something in a transaction, as its bean would. */
    public <T> T in(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> work.get()));
    }

    /** The same, without a result. */
    public void run(Runnable work) {
        transaction.executeWithoutResult(status -> work.run());
    }

    /** Celona takes the assignment. */
    public void accept(Work work, AssignCall call) {
        Map<String, Object> answer =
                Map.of("success", true, "code", 200, "data", Map.of("request_id", "r-1", "server_url", ADDRESS));
        run(() -> bean(Assignment.class).answered(work, call, answer));
    }

    /** Where each of the devices is: its place, its step, and its code if it has one. */
    public List<String> whereAre(Work work) {
        List<String> places = new ArrayList<>();
        for (Device device : work.devices()) {
            places.add(jdbc.sql("select place || ' ' || step || coalesce(' ' || code, '') from device where id = :id")
                    .param("id", device.id())
                    .query(String.class)
                    .single());
        }
        return places;
    }

    /** When the first device of the work is due. */
    public Instant dueAt(Work work) {
        return jdbc.sql("select due_at from device where id = :id")
                .param("id", work.devices().get(0).id())
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    /** The state of the call's journal entry; nothing if there is no call. */
    public String entryOf(@Nullable Call call) {
        return call == null
                ? "-"
                : jdbc.sql("select state from journal where id = :id")
                        .param("id", call.entry())
                        .query(String.class)
                        .single();
    }

    /** The code of the sync's quarantine; nothing if it is not quarantined. */
    public String quarantineOf(Sync sync) {
        return jdbc.sql("select coalesce(quarantine_code, '-') from sync where name = :name")
                .param("name", sync.name().value())
                .query(String.class)
                .single();
    }

    private void add(Sync sync, Step step) {
        int number = ++numbers;
        String eid = "8904903212345123451234%010d".formatted(number);
        boolean assigned = step == Step.PUSH || step == Step.ACTIVATE || step == Step.CONFIRM;
        boolean pushed = step == Step.ACTIVATE || step == Step.CONFIRM;
        jdbc.sql("""
                        insert into inventory (sync, eid, mdm_id, record, fingerprint, present)
                        values (:sync, :eid, :number, :record, '', true)
                        """)
                .param("sync", sync.name().value())
                .param("eid", eid)
                .param("number", String.valueOf(number))
                .param("record", Json.write(record(number, eid)))
                .update();
        jdbc.sql("""
                        insert into device (sync, customer_id, eid, step, place, due_at, created_at, iccid, request_id,
                            smdp_host, pushed_at, push_reference, activated_at)
                        values (:sync, '104242', :eid, :step, 'WAITING', :now, :now, :iccid, 'request', :address,
                            :pushed, :command, :activated)
                        """)
                .param("sync", sync.name().value())
                .param("eid", eid)
                .param("step", step.name())
                .param("now", now().atOffset(ZoneOffset.UTC))
                .param("iccid", assigned ? "891052120331%08d".formatted(number) : null)
                .param("address", ADDRESS)
                .param("pushed", pushed ? now().atOffset(ZoneOffset.UTC) : null)
                .param("command", step == Step.CONFIRM ? "command-" + number : null)
                .param("activated", step == Step.CONFIRM ? now().atOffset(ZoneOffset.UTC) : null)
                .update();
    }

    private static MdmDevice record(int number, String eid) {
        return MdmDevice.builder(String.valueOf(number))
                .managementId("management-" + number)
                .name("Phone " + number)
                .serialNumber("SN" + number)
                .os("iOS")
                .eid(eid)
                .build();
    }
}
