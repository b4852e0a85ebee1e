package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.firing.Sweeper;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Hold;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** A PostgreSQL server that is unreachable while Celona answers, with real failures of the driver. */
@TestPropertySource(
        properties = {
            "connector.syncs.warehouse.mdm.push=command",
            "connector.syncs.warehouse.celona.batch-size=5",
            "spring.datasource.hikari.connection-timeout=2000",
            "spring.quartz.properties.org.quartz.scheduler.dbFailureRetryInterval=500",
            "spring.quartz.properties.org.quartz.jobStore.dbRetryInterval=500",
            // the longest outage is longer than what Quartz takes for a missed time
            "spring.quartz.properties.org.quartz.jobStore.misfireThreshold=20000"
        })
class DatabaseServerTest extends NightTest {
    private static final PhoneFleet FLEET = new PhoneFleet(12);
    private static final Simulation SIMULATION = Simulation.start(FLEET);
    private static final Wire WIRE;
    private static final String URL;

    static {
        String url = TestDatabase.createOnPostgres();
        int port = URI.create(url.substring("jdbc:".length())).getPort();
        WIRE = new Wire(port);
        URL = url.replace(":" + port + "/", ":" + WIRE.port() + "/");
    }

    @Autowired
    Sweeper sweeper;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        settings(registry, SIMULATION);
        registry.add("connector.syncs.warehouse.celona.assign-timeout", () -> "1m");
        SIMULATION.celona().stock(100);
        // before the database that every night test is given
        registry.add(
                "spring.datasource.hikari.jdbc-url", () -> URL + (URL.contains("?") ? "&" : "?") + "socketTimeout=4");
        registry.add("spring.datasource.driver-class-name", () -> "org.postgresql.Driver");
    }

    @AfterAll
    static void stop() {
        SIMULATION.close();
        WIRE.close();
    }

    @ParameterizedTest(name = "{0} s")
    @ValueSource(ints = {5, 36})
    void whatCelonaHasAnsweredIsWrittenDownOnceTheServerIsBack(int seconds) {
        throughAnOutage("cut", seconds, WIRE::cut, WIRE::mend);
    }

    @Test
    void aServerThatFallsSilentHoldsNothingForLong() {
        throughAnOutage("silent", 6, () -> WIRE.swallow(true), () -> WIRE.swallow(false));
    }

    private void throughAnOutage(String what, int seconds, Runnable begin, Runnable end) {
        List<Phone> phones = IntStream.range(0, 20)
                .mapToObj(each -> FLEET.add("Phone %d, %s for %d s".formatted(each, what, seconds)))
                .toList();
        // the first batch goes alone; then three are under way
        SIMULATION.celona().faults().once("POST", "/assign-eid", (request, endpoint) -> endpoint.answer(request));
        List<Hold> underWay = IntStream.range(0, 3)
                .mapToObj(each -> SIMULATION.celona().faults().hold("POST", "/assign-eid", Hold.Point.AFTER_PROCESSING))
                .toList();
        assertThat(trigger.run(syncs.get(SYNC), false)).isTrue();
        underWay.forEach(hold -> hold.awaitArrival(PATIENCE));

        long begun = System.nanoTime();
        begin.run();
        underWay.forEach(Hold::release);
        await().atMost(Duration.ofSeconds(seconds + 10))
                .until(() ->
                        System.nanoTime() - begun > Duration.ofSeconds(seconds).toNanos());
        end.run();

        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            sweeper.sweep();
            return true;
        });
        await().atMost(PATIENCE.multipliedBy(2))
                .pollInterval(Duration.ofMillis(300))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(phones)
                        .allSatisfy(phone -> assertThat(whereIs(phone)).isEqualTo("DONE DONE")));
        assertThat(SIMULATION.celona().truth().eidsAssignedTwice()).isEmpty();
        await().atMost(PATIENCE).ignoreExceptions().until(() -> runs.open(NAME).isEmpty());
        assertThat(jdbc.sql("select count(*) from journal where state = 'INTENDED'")
                        .query(Long.class)
                        .single())
                .isZero();
    }
}
