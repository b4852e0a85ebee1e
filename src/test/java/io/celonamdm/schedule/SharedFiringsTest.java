package io.celonamdm.schedule;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.ReplicaLoads;
import io.celonamdm.rings.Slow;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;
import org.springframework.transaction.support.TransactionTemplate;

/** The schedulers of several replicas, with the settings that ship, on one PostgreSQL. */
@Slow
class SharedFiringsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String PROPERTIES = "spring.quartz.properties.";

    private final DriverManagerDataSource database = new DriverManagerDataSource(TestDatabase.createOnPostgres());
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final ReplicaLoads loads = new ReplicaLoads(jdbc);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    private final Map<String, SchedulerFactoryBean> replicas = new TreeMap<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean yielding;

    @BeforeEach
    void migrate() {
        Flyway.configure().dataSource(database).load().migrate();
    }

    @AfterEach
    void stop() throws SchedulerException {
        end.countDown();
        for (SchedulerFactoryBean replica : replicas.values()) {
            replica.destroy();
        }
    }

    private void join(String name) throws Exception {
        Properties properties = new Properties();
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ClassPathResource("application.yaml"));
        requireNonNull(yaml.getObject()).forEach((key, value) -> {
            if (key.toString().startsWith(PROPERTIES)) {
                properties.put(key.toString().substring(PROPERTIES.length()), value.toString());
            }
        });
        properties.put("org.quartz.scheduler.instanceId", name);
        SchedulerFactoryBean replica = new SchedulerFactoryBean();
        replica.setSchedulerName("connector");
        replica.setDataSource(database);
        replica.setQuartzProperties(properties);
        replica.setSchedulerContextAsMap(Map.of(SharedFiringsTest.class.getName(), this));
        replica.afterPropertiesSet();
        replica.start();
        replicas.put(name, replica);
        await("its first check-in")
                .atMost(MINUTE)
                .until(() -> jdbc.sql("select count(*) from qrtz_scheduler_state where instance_name = :name")
                                .param("name", name)
                                .query(Long.class)
                                .single()
                        == 1);
    }

    /** Asks one replica for a run of each of some new syncs. */
    private void run(String replica, String... syncs) {
        Scheduler scheduler =
                requireNonNull(requireNonNull(replicas.get(replica)).getObject());
        for (String sync : syncs) {
            change(() -> {
                scheduler.addJob(
                        JobBuilder.newJob(EndlessWork.class)
                                .withIdentity(Triggers.job(new SyncName(sync)))
                                .storeDurably()
                                .build(),
                        false);
                new Triggers(scheduler, Clock.systemUTC()).now(new SyncName(sync));
            });
        }
    }

    private interface Change {
        void make() throws SchedulerException;
    }

    private void change(Change change) {
        transaction.executeWithoutResult(status -> {
            try {
                change.make();
            } catch (SchedulerException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** A firing that always finds work, and may yield if another replica has fewer. */
    @DisallowConcurrentExecution
    static final class EndlessWork implements Job {
        @Override
        public void execute(JobExecutionContext context) throws JobExecutionException {
            try {
                Scheduler scheduler = context.getScheduler();
                SharedFiringsTest test = (SharedFiringsTest)
                        requireNonNull(scheduler.getContext().get(SharedFiringsTest.class.getName()));
                SyncName sync = new SyncName(context.getJobDetail().getKey().getName());
                while (!test.end.await(1, TimeUnit.SECONDS)) {
                    if (test.yielding && test.loads.areUneven(sync)) {
                        Clock clock = Clock.systemUTC();
                        test.change(() -> new Triggers(scheduler, clock).dueAt(sync, clock.instant()));
                        return;
                    }
                }
            } catch (InterruptedException | SchedulerException e) {
                throw new JobExecutionException(e);
            }
        }
    }

    /** How many syncs each replica fires. */
    private Map<String, Long> firings() {
        return jdbc
                .sql("select instance_name from qrtz_fired_triggers where state = 'EXECUTING'")
                .query(String.class)
                .list()
                .stream()
                .collect(groupingBy(name -> name, TreeMap::new, counting()));
    }

    private void awaitFirings(Map<String, Long> expected) {
        await("a fair share for each replica")
                .atMost(MINUTE)
                .untilAsserted(() -> assertThat(firings()).isEqualTo(expected));
    }

    @Test
    void twoSyncsThatOneReplicaIsAskedForAreFiredByTwo() throws Exception {
        join("one");
        join("two");

        run("one", "a", "b");

        awaitFirings(Map.of("one", 1L, "two", 1L));
    }

    @Test
    void aReplicaThatJoinsTakesItsPartWithinAMinute() throws Exception {
        join("one");
        run("one", "a", "b", "c", "d");
        awaitFirings(Map.of("one", 4L));
        yielding = true;

        join("two");
        awaitFirings(Map.of("one", 2L, "two", 2L));

        join("three");
        await("a part for the third")
                .atMost(MINUTE)
                .untilAsserted(() -> assertThat(new ArrayList<>(firings().values()))
                        .containsExactlyInAnyOrderElementsOf(List.of(2L, 1L, 1L)));
    }
}
