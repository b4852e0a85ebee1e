package io.celonamdm.control;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.ledger.database.Actor;
import io.celonamdm.recovery.Redriver;
import io.celonamdm.schedule.SyncTrigger;
import io.celonamdm.schedule.Triggers;
import io.celonamdm.settings.SyncSettings;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.DeviceCompletion;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** The controls with their own ledger, a scheduler that fires nothing, and a stopped clock. */
final class ControlRig implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
    static final String SYNC = "warehouse";
    static final String CUSTOMER = "104242";

    private static final SyncSettings SETTINGS = new Binder(new MapConfigurationPropertySource(Map.of(
                    "sync.schedule",
                    "0 30 4 * * ?",
                    "sync.mdm.platform",
                    "jamf",
                    "sync.mdm.base-url",
                    "https://example.jamfcloud.com",
                    "sync.celona.customer-id",
                    CUSTOMER,
                    "sync.celona.api-key",
                    "key")))
            .bindOrCreate("sync", SyncSettings.class);

    private final Sync sync = Sync.of(SYNC, SETTINGS);
    private final DriverManagerDataSource database = new DriverManagerDataSource(TestDatabase.migrated());
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
    private final Scheduler scheduler;

    ControlRig() throws SchedulerException {
        scheduler = new StdSchedulerFactory().getScheduler();
        scheduler.addJob(
                JobBuilder.newJob(Job.class)
                        .withIdentity(new JobKey(SYNC, "sync"))
                        .storeDurably()
                        .build(),
                true);
        List.of(
                        jdbc,
                        scheduler,
                        (Actor) () -> "Ann",
                        Clock.fixed(NOW, ZoneOffset.UTC),
                        new TransactionTemplate(new DataSourceTransactionManager(database)))
                .forEach(bean -> beans.registerSingleton(bean.getClass().getName(), bean));
        Stream.of(
                        Triggers.class,
                        SyncTrigger.class,
                        Redriver.class,
                        DeviceCompletion.class,
                        DeviceControl.class,
                        DeadLetterControl.class,
                        DoubtControl.class,
                        ErasureControl.class)
                .forEach(type -> beans.registerBeanDefinition(type.getName(), constructed(type)));
        ClassPathBeanDefinitionScanner ledger = new ClassPathBeanDefinitionScanner(beans);
        ledger.getBeanDefinitionDefaults().setAutowireMode(AutowireCapableBeanFactory.AUTOWIRE_CONSTRUCTOR);
        ledger.setIncludeAnnotationConfig(false);
        ledger.scan("io.celonamdm.ledger");
    }

    private static BeanDefinition constructed(Class<?> type) {
        return new RootBeanDefinition(type, AutowireCapableBeanFactory.AUTOWIRE_CONSTRUCTOR, false);
    }

    Sync sync() {
        return sync;
    }

    JdbcClient jdbc() {
        return jdbc;
    }

    <B> B get(Class<B> type) {
        return beans.getBean(type);
    }

    /** Whether the sync was told to fire since this was asked last. */
    boolean isWoken() {
        try {
            return scheduler.unscheduleJob(new TriggerKey(SYNC, "on-demand"));
        } catch (SchedulerException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the sync's due trigger was set since this was asked last. */
    boolean isDueTriggerSet() {
        try {
            return scheduler.unscheduleJob(new TriggerKey(SYNC, "due"));
        } catch (SchedulerException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws SchedulerException {
        scheduler.shutdown();
    }
}
