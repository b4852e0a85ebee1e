package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.celonamdm.firing.Sweeper;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Fault;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.store.fs.FilePath;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.SchedulerException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** The default file ledger, unusable for a while during a night. */
@Import(LedgerTroubleTest.Database.class)
@TestPropertySource(
        properties = {
            "connector.syncs.warehouse.mdm.push=command",
            "spring.datasource.hikari.connection-timeout=1000",
            "spring.quartz.properties.org.quartz.scheduler.dbFailureRetryInterval=500",
            "spring.quartz.properties.org.quartz.jobStore.dbRetryInterval=500"
        })
@TestMethodOrder(OrderAnnotation.class)
class LedgerTroubleTest extends NightTest {
    private static final PhoneFleet FLEET = new PhoneFleet(3);
    private static final Simulation SIMULATION = Simulation.start(FLEET);
    private static final int REFUSALS = 3;

    @Autowired
    Sweeper sweeper;

    @Autowired
    DataSource database;

    @TestConfiguration(proxyBeanMethods = false)
    static class Database {
        @Bean
        static BeanPostProcessor breakable() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof DataSource source ? new Breakable(source) : bean;
                }
            };
        }
    }

    private static final class Breakable extends DelegatingDataSource {
        private static final Outage GONE = new Outage();

        Breakable(DataSource target) {
            super(target);
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (GONE.refuses()) {
                throw new SQLTransientConnectionException("the database is gone");
            }
            return super.getConnection();
        }
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        settings(registry, SIMULATION);
        SIMULATION.celona().stock(100);
        FilePath.register(new FullDisk());
        Path file = Path.of("target", "ledgers", UUID.randomUUID().toString()).toAbsolutePath();
        // before the database that every night test is given; the options are those that every ledger in a file gets
        registry.add("spring.datasource.hikari.jdbc-url", () -> "jdbc:h2:full:" + file);
    }

    @AfterAll
    static void stop() {
        SIMULATION.close();
    }

    @Test
    void aCommitIsInTheFileBeforeItIsAcknowledged() {
        assertThat(jdbc.sql("select setting_value from information_schema.settings where setting_name = 'WRITE_DELAY'")
                        .query(String.class)
                        .single())
                .isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource({
        "NO_CONNECTION, GET,  /mobile-devices/detail, DONE DONE",
        "NO_CONNECTION, POST, /assign-eid,            DONE DONE",
        "NO_CONNECTION, GET,  /eid-status,            DONE DONE",
        "NO_CONNECTION, POST, /mdm/commands,          DONE DONE",
        "NO_CONNECTION, POST, /activation-from-file,  DONE DONE",
        "DISK_FULL,     POST, /assign-eid,            DONE DONE",
        "DISK_FULL,     POST, /activation-from-file,  DONE DONE"
    })
    void theNightGoesOnByItselfOnceItIsOver(String trouble, String method, String path, String outcome) {
        Outage outage = trouble.equals("DISK_FULL") ? FullDisk.FULL : Breakable.GONE;
        Phone phone = phoneOfANightInTrouble(method, path, outage::begin);
        await().atMost(PATIENCE).until(() -> outage.refusals() >= (trouble.equals("DISK_FULL") ? 1 : REFUSALS));
        outage.end();
        assertGoesOn(phone, path, outcome);
    }

    /** A disk stays full until somebody comes; what the log says of it must not fill the next one. */
    @Order(Integer.MAX_VALUE)
    @ParameterizedTest
    @ValueSource(strings = {"DISK_FULL", "NO_CONNECTION"})
    void anOutageIsAFewLinesInTheLog(String trouble) {
        Outage outage = trouble.equals("DISK_FULL") ? FullDisk.FULL : Breakable.GONE;
        LinesOfTheLog log = LinesOfTheLog.from();
        Phone phone = phoneOfANightInTrouble("POST", "/assign-eid", outage::begin);
        await().atMost(PATIENCE).until(() -> outage.refusals() >= 1);
        await().pollDelay(Duration.ofSeconds(10)).atMost(PATIENCE).until(() -> true);
        outage.end();

        assertGoesOn(phone, "/assign-eid", "DONE DONE");
        assertThat(log.count()).as(log.toString()).isLessThan(500);
    }

    @ParameterizedTest
    @CsvSource({"device, POST, /assign-eid,            DONE DONE", "run,    GET,  /mobile-devices/detail, DONE DONE"})
    void theNightGoesOnByItselfOnceATableIsNoLongerLocked(String table, String method, String path, String outcome)
            throws SQLException {
        try (Connection other = database.getConnection()) {
            other.setAutoCommit(false);
            Phone phone = phoneOfANightInTrouble(method, path, () -> lock(other, table));
            await("somebody waits for the lock").atMost(PATIENCE).until(this::isAnyBlocked);
            await("H2 lets nobody wait any longer")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> !isAnyBlocked());
            other.rollback();
            assertGoesOn(phone, path, outcome);
        }
    }

    private static void lock(Connection connection, String table) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select * from " + table + " for update");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isAnyBlocked() {
        return jdbc.sql("select count(*) from information_schema.sessions where blocker_id is not null")
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** The phone of a night in which something happens to the ledger while a call is under way. */
    private Phone phoneOfANightInTrouble(String method, String path, Runnable trouble) {
        Phone phone = FLEET.add("Phone " + (FLEET.phones().size() + 1));
        phone.behaviour().downloadDelay(Duration.ofMillis(20));
        Fault begin = (request, endpoint) -> {
            trouble.run();
            return endpoint.answer(request);
        };
        (path.startsWith("/m")
                        ? SIMULATION.jamf().faults()
                        : SIMULATION.celona().faults())
                .once(method, path, begin);

        assertThat(trigger.run(syncs.get(SYNC), false)).isTrue();
        return phone;
    }

    private void assertGoesOn(Phone phone, String path, String outcome) {
        // the sweep of the next minute
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(this::sweep);

        await(path)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> {
                    // a pull that failed is made again a minute later
                    if (jdbc.sql("update run set pull_due_at = current_timestamp"
                                            + " where pull_due_at > current_timestamp + interval '10' second")
                                    .update()
                            > 0) {
                        triggers.now(NAME);
                    }
                    return runs.open(NAME).isEmpty() && whereIs(phone).equals(outcome);
                });
        assertThat(SIMULATION.celona().truth().iccidsOf(phone.eid())).hasSize(1);
        assertThat(jdbc.sql("select count(*) from journal where state = 'INTENDED'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private boolean sweep() throws SchedulerException {
        sweeper.sweep();
        return true;
    }
}
