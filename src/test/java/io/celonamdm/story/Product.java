package io.celonamdm.story;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.celonamdm.ConnectorApplication;
import io.celonamdm.control.DeadLetterControl;
import io.celonamdm.control.DeviceControl;
import io.celonamdm.control.DoubtControl;
import io.celonamdm.control.LookControl;
import io.celonamdm.control.SyncControl;
import io.celonamdm.database.TestDatabase;
import io.celonamdm.firing.Sweeper;
import io.celonamdm.http.HostLimits;
import io.celonamdm.ledger.database.Times;
import io.celonamdm.ledger.device.InDoubt;
import io.celonamdm.login.Login;
import io.celonamdm.operations.needs.Needs;
import io.celonamdm.platform.csv.CsvInventory;
import io.celonamdm.schedule.ClockWatch;
import io.celonamdm.schedule.Nights;
import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.source.SettingsInForce;
import io.celonamdm.story.world.Call;
import io.celonamdm.story.world.Mdm;
import io.celonamdm.story.world.World;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import io.celonamdm.work.FencedCalls;
import io.celonamdm.work.Pauses;
import java.lang.reflect.Method;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.aopalliance.intercept.MethodInterceptor;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.quartz.Scheduler;
import org.springframework.aop.Advisor;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.test.util.ReflectionTestUtils;

/** The connector, all of it, except that time, timers, connections and the database are a story's. */
final class Product implements AutoCloseable {
    static final String CHANNEL = "people";
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Set<String> THREADS = Set.of("workers", "pullThreads", "callThreads");

    final Stage stage;
    final Lives lives = new Lives();
    final StoryTriggers triggers;
    final CamelContext camel;
    final Syncs syncs;
    /** The ledger, whatever a story makes of the connector's database. */
    final JdbcClient ledger;

    final Sweeper sweeper;
    final ClockWatch clockWatch;
    final Nights nights;
    final Needs needs;
    final SyncControl syncControl;
    final DeviceControl deviceControl;
    final DoubtControl doubtControl;
    final DeadLetterControl deadLetterControl;
    final LookControl lookControl;
    final InDoubt inDoubt;
    private final SettingsInForce inForce;
    private final HostLimits limits;
    private final Memory memory;
    private volatile @Nullable HikariDataSource pool;
    private final ConfigurableApplicationContext context;
    private final List<String> tables;
    private final int room;
    private final String database;
    /** Exchanges of its killed processes, which never end. */
    int lost;

    private @Nullable Product other;

    Product() {
        this(new Stage(), new StoryTriggers(), TestDatabase.create());
    }

    private Product(Stage stage, StoryTriggers triggers, String database) {
        this.stage = stage;
        this.triggers = triggers;
        this.database = database;
        Map<String, Object> properties =
                new HashMap<>(Tenants.settings(Collections.nCopies(Tenants.SYNCS.size(), Mdm.Kind.JAMF), Map.of()));
        properties.putAll(Login.settings());
        properties.put("spring.config.location", "classpath:application.yaml");
        properties.put("spring.quartz.properties.org.quartz.scheduler.instanceName", "story-" + System.nanoTime());
        ledger = JdbcClient.create(StoryStatements.always(database));
        properties.put("spring.datasource.url", database);
        properties.put("spring.datasource.hikari.maximum-pool-size", "12");
        properties.put("ledger-of-a-test", "true");
        properties.put("server.port", "0");
        properties.put("management.server.port", "0");
        properties.put("camel.component.quartz.auto-start-scheduler", "false");
        properties.put("camel.main.jmx-enabled", "false");
        properties.put("camel.main.shutdown-timeout", "1");
        properties.put("camel.main.routes-include-pattern", "file:" + StoryRoutes.copied() + "/**/*.camel.yaml");
        properties.put("connector.http.requests-per-second", "100000");
        properties.put("connector.notifications." + CHANNEL + ".to", "http://127.0.0.1:9003/hook" + World.SECRET_MARK);
        context = new SpringApplicationBuilder(ConnectorApplication.class)
                .initializers((ApplicationContextInitializer<GenericApplicationContext>) this::replace)
                .run(properties.entrySet().stream()
                        .map(each -> "--" + each.getKey() + "=" + each.getValue())
                        .toArray(String[]::new));
        camel = context.getBean(CamelContext.class);
        syncs = context.getBean(Syncs.class);
        sweeper = context.getBean(Sweeper.class);
        clockWatch = context.getBean(ClockWatch.class);
        nights = context.getBean(Nights.class);
        needs = context.getBean(Needs.class);
        syncControl = context.getBean(SyncControl.class);
        deviceControl = context.getBean(DeviceControl.class);
        doubtControl = context.getBean(DoubtControl.class);
        deadLetterControl = context.getBean(DeadLetterControl.class);
        lookControl = context.getBean(LookControl.class);
        inDoubt = context.getBean(InDoubt.class);
        limits = context.getBean(HostLimits.class);
        inForce = context.getBean(SettingsInForce.class);
        // a process that starts again has its settings
        memory = new Memory(context, Syncs.class, SettingsInForce.class);
        room = room();
        tables = ledger
                .sql("select table_name from information_schema.tables where lower(table_schema) = 'public'")
                .query(String.class)
                .list()
                .stream()
                .filter(name -> !name.toLowerCase(Locale.ROOT).startsWith("qrtz_")
                        && !name.toLowerCase(Locale.ROOT).startsWith("flyway"))
                .toList();
        try {
            camel.getRouteController().stopRoute("sweep");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Another process on the same ledger, which is started once. */
    Product other() {
        Product replica = other == null ? new Product(stage, triggers, database) : other;
        other = replica;
        return replica;
    }

    private void replace(GenericApplicationContext application) {
        application.registerBean(
                "storyClock", Clock.class, () -> lives.clock(stage.clock), each -> each.setPrimary(true));
        application.registerBean("storyJitter", RandomGenerator.class, () -> () -> 0L, each -> each.setPrimary(true));
        application.registerBean(
                "storyMutations",
                Advisor.class,
                () -> new DefaultPointcutAdvisor(new Mutable(), (MethodInterceptor) call -> {
                    if (isPage(call.getMethod())) {
                        stage.next(Call.FILE);
                    } else if (isGuard(call.getMethod())) {
                        stage.next(Call.GUARD);
                        Object answer = call.proceed();
                        lives.allowed();
                        return answer;
                    }
                    Mutation mutation = stage.mutation;
                    return mutation != null
                                    && mutation.type == call.getMethod().getDeclaringClass()
                                    && mutation.method.equals(call.getMethod().getName())
                            ? mutation.apply(call, ledger)
                            : call.proceed();
                }),
                each -> each.setRole(BeanDefinition.ROLE_INFRASTRUCTURE));
        application.registerBean("storyParts", BeanPostProcessor.class, () -> new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof HttpClientConfigurer usual) {
                    return new Transport(usual, stage, lives);
                }
                if (bean instanceof Pauses) {
                    return new Pauses() {
                        @Override
                        public void await(long milliseconds) throws InterruptedException {
                            lives.check();
                            stage.clock.pass(Duration.ofMillis(milliseconds));
                            stage.world().goOn();
                            super.await(0);
                        }
                    };
                }
                if (bean instanceof TaskScheduler) {
                    // nothing happens by itself
                    return ProxyFactory.getProxy(TaskScheduler.class, (MethodInterceptor) call -> null);
                }
                if (bean instanceof Scheduler scheduler) {
                    return triggers.of(scheduler, lives);
                }
                if (bean instanceof ThreadPoolExecutor threads && THREADS.contains(name)) {
                    lives.own(threads, name);
                }
                if (bean instanceof HikariDataSource hikari) {
                    pool = hikari;
                    hikari.setDataSource(new StoryStatements(hikari.getJdbcUrl()));
                }
                return bean instanceof DataSource target ? new StoryLedger(target, stage, lives) : bean;
            }
        });
    }

    /** The methods that mutations change. */
    private static final class Mutable extends StaticMethodMatcherPointcut {
        @Override
        public boolean matches(Method method, Class<?> type) {
            return isPage(method)
                    || isGuard(method)
                    || Stream.of(Mutation.values())
                            .anyMatch(each ->
                                    each.type == method.getDeclaringClass() && each.method.equals(method.getName()));
        }
    }

    /** Whether it asks if a call that writes may still be made. */
    private static boolean isGuard(Method method) {
        return method.getDeclaringClass() == FencedCalls.class
                && method.getName().equals("check");
    }

    private static boolean isPage(Method method) {
        return method.getDeclaringClass() == CsvInventory.class
                && method.getName().equals("page");
    }

    /** Puts settings into force. */
    void configure(List<Mdm.Kind> tenants, Map<String, String> differing) {
        ConnectorSettings settings = new Binder(
                        new MapConfigurationPropertySource(Tenants.settings(tenants, differing)))
                .bindOrCreate("connector", ConnectorSettings.class);
        Object read = Objects.requireNonNull(ReflectionTestUtils.<Object>invokeMethod(inForce, "read"));
        ReflectionTestUtils.invokeMethod(inForce, "replace", read, settings, stage.clock.instant());
        syncs.replace(syncs.of(settings));
        syncs().forEach(nights::register);
    }

    /** The syncs of the story, in the order of their tenants. */
    List<Sync> syncs() {
        return Tenants.SYNCS.stream().flatMap(name -> syncs.find(name).stream()).toList();
    }

    Sync sync(@Nullable Object name) {
        return syncs.get(String.valueOf(name));
    }

    /** What a timer would start. */
    DefaultConsumer timer(String route) {
        return (DefaultConsumer) Objects.requireNonNull(camel.getRoute(route)).getConsumer();
    }

    /** Forgets everything, as if it had just been installed. */
    void reset() {
        restart();
        if (other != null) {
            other.restart();
        }
        triggers.clear();
        tables.forEach(table ->
                ledger.sql("truncate table " + table + " restart identity").update());
    }

    /**
     * Ends its process, and starts another one.
     *
     * @return where the threads are that do not end
     */
    List<String> restart() {
        List<String> left = lives.begin();
        memory.forget();
        Firings.bury(this);
        return left;
    }

    /** How long until a device is due: a second to so long. */
    Duration untilDue(Duration longest) {
        Instant now = stage.clock.instant();
        Duration until = ledger.sql("select min(due_at) as due from device where place = 'WAITING' and due_at > :now")
                .param("now", Times.of(now))
                .query((row, number) -> Optional.ofNullable(Times.nullable(row, "due")))
                .single()
                .map(due -> Duration.between(now, due))
                .orElse(longest);
        Duration shorter = until.compareTo(longest) < 0 ? until : longest;
        return shorter.compareTo(SECOND) < 0 ? SECOND : shorter;
    }

    /** Whether people have not been told yet of something. */
    boolean isAnythingToTell() {
        return ledger.sql("select count(*) from notice where due_at is not null")
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Whether no call that has ended holds a place at its host, and none has given it back twice. */
    boolean hasAllRoom() {
        return room() == room;
    }

    private int room() {
        return Tenants.hosts().mapToInt(limits::room).sum();
    }

    /** Waits until no thread uses the ledger, for a short time. */
    void awaitRest() {
        long patience = System.nanoTime() + SECOND.toNanos();
        HikariPoolMXBean connections = Objects.requireNonNull(pool).getHikariPoolMXBean();
        while (connections.getActiveConnections() > 0 && System.nanoTime() < patience) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Whether every connection and thread is back in its pool, or comes back soon. */
    boolean isAtRest() {
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        HikariPoolMXBean connections = Objects.requireNonNull(pool).getHikariPoolMXBean();
        while (connections.getActiveConnections() > 0 || lives.works()) {
            if (System.nanoTime() > patience) {
                return false;
            }
            LockSupport.parkNanos(1_000_000);
        }
        return true;
    }

    @Override
    public void close() {
        if (other != null) {
            other.close();
        }
        context.close();
    }
}
