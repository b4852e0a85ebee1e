package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.celonamdm.ledger.Run;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.PhoneFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/**
 * Each fault at each call: a sync per fault, a night per call, all syncs at the same time. What becomes of a device is
 * the table in {@code docs/faults.md}, which is therefore true.
 *
 * <p>What is tried again is tried again in ten minutes only, so that at the moment of looking each call has been made
 * once: whatever the HTTP client or a route repeats by itself would show. Then the fault ends, all that waits is due at
 * once, and each device must come to where the table says.
 */
@Import(BreakableConnections.Beans.class)
@TestPropertySource(
        properties = {
            "connector.http.response-timeout=1s",
            "connector.workers=32",
            "spring.datasource.hikari.maximum-pool-size=64",
            "spring.quartz.properties.org.quartz.threadPool.threadCount=28",
            "spring.quartz.properties.org.quartz.scheduler.idleWaitTime=1000"
        })
class FaultMatrixTest extends NightTest {
    private static final Path DOC = Path.of("docs", "faults.md");
    private static final Path SEEN = Path.of("target", "fault-matrix.md");
    private static final Map<MatrixFault, Simulation> SIMULATIONS = new LinkedHashMap<>();

    @Autowired
    Scheduler scheduler;

    @Autowired
    CamelContext camel;

    @Autowired
    HttpClientConfigurer connections;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        for (MatrixFault fault : MatrixFault.ALL) {
            Simulation simulation = Simulation.start(new PhoneFleet(fault.number()));
            simulation.celona().stock(2 * MatrixCall.values().length);
            simulation.jamf().settings().extensionAttribute("Celona SM-DP+ address");
            simulation.jamf().settings().extensionAttribute("Celona eSIM state");
            SIMULATIONS.put(fault, simulation);
            settings(registry, simulation, fault.sync());
            Map.of(
                            "mdm.push", "command,attribute",
                            "celona.assign-timeout", "1s",
                            "guards.min-inventory", "0",
                            "retry.first", "10m",
                            "retry.max", "10m")
                    .forEach((key, value) -> registry.add("connector.syncs." + fault.sync() + "." + key, () -> value));
        }
    }

    @AfterAll
    static void stop() {
        SIMULATIONS.values().forEach(Simulation::close);
    }

    @Test
    void whatEveryFaultAtEveryCallComesTo() throws IOException, SchedulerException {
        Map<MatrixCall, List<String>> seen = new EnumMap<>(MatrixCall.class);
        for (MatrixCall call : MatrixCall.values()) {
            seen.put(call, night(call));
        }
        String table = table(seen);
        Files.createDirectories(SEEN.getParent());
        Files.writeString(SEEN, table);

        assertThat(Files.readString(DOC))
                .as("%s has this table, which is in %s as well", DOC, SEEN)
                .contains(table);
    }

    /** One call fails in each sync in the sync's own way, for a phone of its own. */
    private List<String> night(MatrixCall call) throws SchedulerException {
        List<MatrixCell> cells = new ArrayList<>();
        for (MatrixFault fault : MatrixFault.ALL) {
            Simulation simulation = Objects.requireNonNull(SIMULATIONS.get(fault));
            MatrixCell cell = new MatrixCell(fault, call, simulation, (BreakableConnections) connections, jdbc);
            if (call == MatrixCall.TOKEN) {
                simulation.jamf().expireTokens();
            }
            cell.begin();
            assertThat(onDemand.run(syncs.get(fault.sync()), false)).isTrue();
            cells.add(cell);
        }
        awaitAll(cells, MatrixCell::hasOutcome);
        awaitNothingUnderWay();
        for (MatrixCell cell : cells) {
            goOn(cell.sync());
        }
        awaitAll(cells, MatrixCell::isSettled);
        awaitNothingUnderWay();
        for (MatrixCell cell : cells) {
            runs.open(cell.sync()).ifPresent(run -> runs.close(run.id(), Run.Outcome.FAILED, "the next call's turn"));
        }
        return cells.stream().map(MatrixCell::seen).toList();
    }

    private static void awaitAll(List<MatrixCell> cells, Predicate<MatrixCell> condition) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> cells.stream().filter(condition.negate()).toList(), List::isEmpty);
    }

    /** What waits, for an hour even, keeps no thread waiting. */
    private void awaitNothingUnderWay() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> scheduler.getCurrentlyExecutingJobs().isEmpty()
                        && camel.getInflightRepository().size() == 0);
    }

    /** As if everything that is waited for were due now. */
    private void goOn(String sync) throws SchedulerException {
        states.release(sync);
        for (String update : List.of(
                "update device set due_at = current_timestamp where place = 'WAITING' and sync = :sync",
                "update follow_up set due_at = current_timestamp where sync = :sync",
                "update run set pull_due_at = current_timestamp where pull_due_at is not null and sync = :sync")) {
            jdbc.sql(update).param("sync", sync).update();
        }
        triggers.now(sync);
    }

    private static String table(Map<MatrixCall, List<String>> seen) {
        Stream<String> head = Stream.of(
                line("fault", Arrays.stream(MatrixCall.values()).map(call -> call.label)),
                line("---", Arrays.stream(MatrixCall.values()).map(call -> "---")));
        Stream<String> faults = MatrixFault.ALL.stream()
                .map(fault -> line(fault.label(), seen.values().stream().map(column -> column.get(fault.number()))));
        return Stream.concat(head, faults).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String line(String first, Stream<String> cells) {
        return cells.collect(Collectors.joining(" | ", "| " + first + " | ", " |"));
    }
}
