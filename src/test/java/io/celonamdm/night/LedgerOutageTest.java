package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.firing.Sweeper;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.night.FaultyLedger.Moment;
import io.celonamdm.night.FaultyLedger.Shape;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Fault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/**
 * The database fails at each point around each call, with the PostgreSQL driver's errors, which look like those of an
 * unsent call. Every answer is recorded, and no EID is posted twice.
 */
@Import(FaultyLedger.Beans.class)
@TestPropertySource(
        properties = {
            "connector.syncs.warehouse.mdm.push=command",
            "connector.syncs.warehouse.celona.batch-size=2",
            "spring.quartz.properties.org.quartz.scheduler.dbFailureRetryInterval=500",
            "spring.quartz.properties.org.quartz.jobStore.dbRetryInterval=500"
        })
class LedgerOutageTest extends NightTest {
    private static final PhoneFleet FLEET = new PhoneFleet(11);
    private static final Simulation SIMULATION = Simulation.start(FLEET);
    private static final Duration SHORT = Duration.ofMillis(700);
    private static final String INTENT = "insert into journal (";
    private static final String ANSWER = "update journal set state = ?";
    private static final String STATUS = "merge into device using";

    @Autowired
    Sweeper sweeper;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        settings(registry, SIMULATION);
        for (String wait : List.of("celona.poll.first", "celona.provision.first", "confirm.first")) {
            registry.add("connector.syncs." + SYNC + "." + wait, () -> "50ms");
        }
        SIMULATION.celona().stock(500);
    }

    @AfterAll
    static void stop() {
        SIMULATION.close();
    }

    @AfterEach
    void clear() {
        SIMULATION.celona().faults().clear();
    }

    static Stream<Arguments> points() {
        List<String> calls = List.of("assign-eid", "command", "activation-from-file");
        Stream<Arguments> journalled = IntStream.range(0, calls.size())
                .boxed()
                .flatMap(call -> Stream.of(INTENT, ANSWER)
                        .flatMap(statement -> Stream.of(Moment.values())
                                .map(moment -> arguments(calls.get(call), statement, call + 1, moment))));
        Stream<Arguments> others = Stream.of(
                arguments("eid-status", STATUS, 1, Moment.STATEMENT),
                arguments("eid-status", STATUS, 1, Moment.COMMIT),
                arguments("eid-status", STATUS, 1, Moment.COMMITTED));
        return Stream.concat(journalled, others);
    }

    @Tag(TestDatabase.POSTGRESQL)
    @ParameterizedTest(name = "{0}: {1} {3}")
    @MethodSource("points")
    void whatWasAnsweredIsWrittenDownAndNothingIsSentTwice(String call, String statement, int number, Moment moment) {
        List<Shape> shapes = List.of(Shape.values());
        Shape shape = shapes.get((call.length() + number + moment.name().length()) % shapes.size());
        List<Phone> phones = newPhones(1);
        FaultyLedger.at(statement, number, moment, shape, SHORT);

        assertThat(trigger.run(syncs.get(SYNC), false)).isTrue();

        await("the outage").atMost(PATIENCE).until(FaultyLedger::isOver);
        assertAllAreDoneOnce(phones);
    }

    /** Of a PostgreSQL server that is really away, see {@link DatabaseServerTest}. */
    @ParameterizedTest
    @EnumSource(Shape.class)
    void whatCelonaAnswersMeanwhileIsWrittenDown(Shape shape) {
        List<Phone> phones = newPhones(8);
        CountDownLatch underWay = new CountDownLatch(3);
        Fault outage = (request, endpoint) -> {
            underWay.countDown();
            try {
                underWay.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            FaultyLedger.now(shape, Duration.ofSeconds(4));
            return endpoint.answer(request);
        };
        // the first batch of a run goes alone
        SIMULATION.celona().faults().times(1, "POST", "/assign-eid", (request, endpoint) -> endpoint.answer(request));
        SIMULATION.celona().faults().times(3, "POST", "/assign-eid", outage);

        assertThat(trigger.run(syncs.get(SYNC), false)).isTrue();

        await("the outage").atMost(PATIENCE).until(FaultyLedger::isOver);
        assertAllAreDoneOnce(phones);
        assertThat(runs.latest(NAME).orElseThrow().outcome())
                .as("the firing waited for the answers, in place of another that would have doubted them")
                .isEqualTo(Run.Outcome.SUCCESS);
    }

    private List<Phone> newPhones(int count) {
        return IntStream.range(0, count)
                .mapToObj(each -> FLEET.add("Phone " + (FLEET.phones().size() + 1)))
                .peek(phone -> phone.behaviour().downloadDelay(Duration.ofMillis(20)))
                .toList();
    }

    private void assertAllAreDoneOnce(List<Phone> phones) {
        // the sweep of the next minute
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            sweeper.sweep();
            return true;
        });
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(phones)
                        .allSatisfy(phone -> assertThat(whereIs(phone)).isEqualTo("DONE DONE")));
        assertThat(phones)
                .allSatisfy(phone -> assertThat(SIMULATION.celona().truth().iccidsOf(phone.eid()))
                        .as("eSIMs of %s", phone.name())
                        .hasSize(1));
        await().atMost(PATIENCE).ignoreExceptions().until(() -> runs.open(NAME).isEmpty());
        assertThat(jdbc.sql("select count(*) from journal where state in ('INTENDED', 'IN_DOUBT') and step = 'ASSIGN'"
                                + " and late_answer is null")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(jdbc.sql("select count(*) from device where code = 'UNREACHABLE' or reason like '%UNREACHABLE%'")
                        .query(Long.class)
                        .single())
                .isZero();
    }
}
