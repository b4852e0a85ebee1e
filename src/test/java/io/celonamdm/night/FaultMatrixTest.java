package io.celonamdm.night;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.night.MatrixVendors.Vendor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
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
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.quartz.Scheduler;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/**
 * Each fault at each call: a sync per fault and platform, a night per call, all syncs at the same time. Proves the
 * tables of outcomes in {@code docs/faults.md}.
 *
 * <p>Retries come only after ten minutes, so each call has been made once when the test looks; a repetition by the
 * HTTP client or a route would show. Then the fault ends, all waiting work is due at once, and each device must end
 * where the table says.
 */
@Import(BreakableConnections.Beans.class)
@TestPropertySource(
        properties = {
            "connector.http.response-timeout=2s",
            "connector.http.call-timeout=4s",
            "connector.http.download-timeout=4s",
            "connector.http.max-answer-size=1MB",
            "connector.http.max-download-size=1MB",
            "connector.workers=32",
            "spring.datasource.hikari.maximum-pool-size=96",
            "spring.quartz.properties.org.quartz.threadPool.threadCount=56"
        })
class FaultMatrixTest extends NightTest {
    private static final Path DOC = Path.of("docs", "faults.md");
    private static final Path SEEN = Path.of("target", "fault-matrix.md");
    private static final int FEW = 4;
    private static final Map<MatrixFault, MatrixVendors> VENDORS = new LinkedHashMap<>();

    @Autowired
    Scheduler scheduler;

    @Autowired
    CamelContext camel;

    @Autowired
    @Qualifier("callsToOutside")
    HttpClientConfigurer connections;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        for (MatrixFault fault : MatrixFault.ALL) {
            MatrixVendors vendors = new MatrixVendors(fault);
            VENDORS.put(fault, vendors);
            String jamf = fault.sync(Vendor.JAMF);
            settings(registry, vendors.simulation(), jamf);
            set(registry, jamf, Map.of("mdm.push", "command,attribute"));
            String intune = fault.sync(Vendor.INTUNE);
            intuneSettings(registry, vendors.simulation(), vendors.intune(), intune);
            // a state that nobody knows is asked for again until then
            set(registry, intune, Map.of("mdm.intune.export-timeout", "5s"));
            for (String sync : List.of(jamf, intune)) {
                set(
                        registry,
                        sync,
                        Map.of(
                                "celona.assign-timeout", "2s",
                                // what is asked after the activation is the same call as before it
                                "done-when", "activated",
                                "guards.min-inventory", "0",
                                "retry.first", "10m",
                                "retry.max", "10m"));
            }
        }
    }

    private static void set(DynamicPropertyRegistry registry, String sync, Map<String, String> settings) {
        settings.forEach((key, value) -> registry.add("connector.syncs." + sync + "." + key, () -> value));
    }

    @AfterAll
    static void stop() {
        VENDORS.values().forEach(MatrixVendors::close);
    }

    /** A fault at a call: a place in the tables. */
    private record Crossing(MatrixFault fault, MatrixCall call) {
        static List<Crossing> of(List<MatrixCall> calls) {
            return calls.stream()
                    .flatMap(call -> MatrixFault.ALL.stream().map(fault -> new Crossing(fault, call)))
                    .toList();
        }

        @Override
        public String toString() {
            return fault.label() + " at " + call.label;
        }
    }

    /** A container per night, which begins once the night before it is over, with a test per cell. */
    @TestFactory
    Stream<DynamicNode> whatEveryFaultAtEveryCallComesTo() throws IOException {
        Map<Crossing, String> documented = documented();
        Map<Crossing, String> seen = new HashMap<>();
        Map<Crossing, String> otherwiseAtFirst = new HashMap<>();
        Stream<DynamicNode> nights = MatrixCall.NIGHTS.stream()
                .map(calls -> dynamicContainer(
                        calls.stream().map(call -> call.label).collect(Collectors.joining(", ")),
                        Stream.of(calls).flatMap(each -> {
                            look(Crossing.of(each), documented, seen, otherwiseAtFirst);
                            return Crossing.of(each).stream()
                                    .map(cell -> dynamicTest(
                                            cell.toString(),
                                            () -> assertThat(seen.get(cell))
                                                    .as("%s, beside %s", cell, DOC)
                                                    .isEqualTo(documented.get(cell))));
                        })));
        return Stream.concat(nights, Stream.of(dynamicTest("the tables have all cells and no other", () -> {
            Files.createDirectories(SEEN.getParent());
            Files.writeString(
                    SEEN,
                    String.join("\n", table(MatrixCall.ofJamf(), seen), table(MatrixCall.ofIntune(), seen))
                            + "\nseen otherwise at first: " + otherwiseAtFirst + "\n");
            assertThat(seen.keySet()).isEqualTo(documented.keySet());
        })));
    }

    /** A night, and one more for what differs: a machine that is busy lets a healthy call take too long, but not twice. */
    private void look(
            List<Crossing> cells,
            Map<Crossing, String> documented,
            Map<Crossing, String> seen,
            Map<Crossing, String> otherwiseAtFirst) {
        Map<Crossing, String> first = new HashMap<>(night(cells));
        seen.putAll(first);
        first.entrySet().removeIf(cell -> cell.getValue().equals(documented.get(cell.getKey())));
        otherwiseAtFirst.putAll(first);
        seen.putAll(night(List.copyOf(first.keySet())));
    }

    /** What the tables say. */
    private static Map<Crossing, String> documented() throws IOException {
        Map<String, MatrixFault> faults = MatrixFault.ALL.stream().collect(toMap(MatrixFault::label, fault -> fault));
        Map<String, MatrixCall> calls = Stream.of(MatrixCall.values()).collect(toMap(call -> call.label, call -> call));
        Map<Crossing, String> documented = new HashMap<>();
        List<String> head = List.of();
        for (String line : Files.readAllLines(DOC)) {
            List<String> cells = List.of(line.split("\\s*\\|\\s*", -1));
            if (line.startsWith("| fault |")) {
                head = cells;
            }
            MatrixFault fault = cells.size() > 1 ? faults.get(cells.get(1)) : null;
            for (int i = 2; fault != null && i < cells.size() - 1; i++) {
                documented.put(new Crossing(fault, Objects.requireNonNull(calls.get(head.get(i)))), cells.get(i));
            }
        }
        return documented;
    }

    /** A call fails in each sync of its platform in the sync's own way, for a phone of its own. */
    private Map<Crossing, String> night(List<Crossing> crossings) {
        List<MatrixCell> cells = new ArrayList<>();
        for (Crossing crossing : crossings) {
            MatrixCall call = crossing.call();
            MatrixVendors vendors = Objects.requireNonNull(VENDORS.get(crossing.fault()));
            MatrixCell cell = new MatrixCell(crossing.fault(), call, vendors, (BreakableConnections) connections, jdbc);
            if (call.asksForToken()) {
                vendors.expireTokens(call.vendor);
            }
            cell.begin();
            assertThat(trigger.run(syncs.get(cell.sync()), false)).isTrue();
            cells.add(cell);
        }
        awaitAll(cells, MatrixCell::hasOutcome);
        awaitNothingUnderWay();
        for (MatrixCell cell : cells) {
            goOn(cell.sync());
        }
        Map<MatrixCell, Integer> triedAgain = new HashMap<>();
        awaitAll(cells, cell -> isSettled(cell, triedAgain));
        awaitNothingUnderWay();
        for (MatrixCell cell : cells) {
            runs.open(new SyncName(cell.sync()))
                    .ifPresent(run -> runs.close(run.id(), Run.Outcome.FAILED, null, null, "the next call's turn"));
        }
        return cells.stream().collect(toMap(cell -> new Crossing(cell.fault(), cell.call()), MatrixCell::seen));
    }

    private static void awaitAll(List<MatrixCell> cells, Predicate<MatrixCell> condition) {
        await().atMost(PATIENCE.multipliedBy(2))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> cells.stream().filter(condition.negate()).toList(), List::isEmpty);
    }

    /**
     * Whether the device is where it must be. What failed meanwhile is tried again at once, a few times: that is the
     * machine, which is busy and lets a healthy call take too long; more often would be the product.
     */
    private boolean isSettled(MatrixCell cell, Map<MatrixCell, Integer> triedAgain) {
        if (!cell.isSettled() && cell.waitsForLong() && triedAgain.merge(cell, 1, Integer::sum) <= FEW) {
            goOn(cell.sync());
        }
        return cell.isSettled();
    }

    /** What waits, for an hour even, keeps no thread waiting. */
    private void awaitNothingUnderWay() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> scheduler.getCurrentlyExecutingJobs().isEmpty()
                        && camel.getInflightRepository().size() == 0);
    }

    /** As if everything that is waited for were due now. */
    private void goOn(String sync) {
        states.release(new SyncName(sync));
        for (String update : List.of(
                "update device set due_at = current_timestamp where place = 'WAITING' and sync = :sync",
                "update follow_up set due_at = current_timestamp where sync = :sync",
                "update run set pull_due_at = current_timestamp where pull_due_at is not null and sync = :sync")) {
            jdbc.sql(update).param("sync", sync).update();
        }
        trigger.wake(syncs.get(sync));
    }

    private static String table(List<MatrixCall> calls, Map<Crossing, String> seen) {
        Stream<String> head = Stream.of(
                line("fault", calls.stream().map(call -> call.label)),
                line("---", calls.stream().map(call -> "---")));
        Stream<String> faults = MatrixFault.ALL.stream()
                .map(fault -> line(
                        fault.label(),
                        calls.stream().map(call -> seen.getOrDefault(new Crossing(fault, call), "not seen"))));
        return Stream.concat(head, faults).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String line(String first, Stream<String> cells) {
        return cells.collect(Collectors.joining(" | ", "| " + first + " | ", " |"));
    }
}
