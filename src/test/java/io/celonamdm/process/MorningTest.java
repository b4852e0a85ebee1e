package io.celonamdm.process;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import io.celonamdm.ConnectorApplication;
import io.celonamdm.login.Login;
import io.celonamdm.rings.Slow;
import io.celonamdm.simulator.DemoScenario;
import io.celonamdm.simulator.DemoSettings;
import io.celonamdm.simulator.DemoStores;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.web.Fault;
import io.celonamdm.simulator.web.Json;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo's night with all its mishaps, and the documented morning after, in a process that logs as much as it can:
 * what people see, and what nobody must see.
 */
@Slow
class MorningTest {
    private static final String WAREHOUSE = "warehouse";
    private static final String STORES = "stores";
    private static final String IMEI = "358823340832230";
    private static final String HOOK_SECRET = "T0FJ2-the-hook-of-the-night-watch";
    private static final String COLLECTOR_SECRET = "the-key-of-the-collector";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final DemoScenario DEMO = DemoScenario.start();
    private static final Simulation STORES_SIMULATION = DemoStores.start();

    private static List<String> different = List.of();
    private static String log = "";
    /** All else that it has written or answered, by where it was. */
    private static final Map<String, String> WRITTEN = new TreeMap<>();

    private static final List<Span> SPANS = new ArrayList<>();

    @BeforeAll
    static void haveTheMorning(@TempDir Path folder) throws IOException {
        try (Receiver hook = Receiver.start();
                Receiver collector = Receiver.start()) {
            Installation installation = installation(folder, hook, collector);
            try (ConnectorProcess connector = installation.start(options())) {
                night(connector);
                morning(connector);
                ask(connector);
                connector.stop();
            }
            log = Files.readString(installation.log());
            keepFiles(folder);
            for (byte[] body : hook.bodies()) {
                WRITTEN.merge("notices", new String(body, StandardCharsets.UTF_8), String::concat);
            }
            for (byte[] body : collector.bodies()) {
                WRITTEN.merge("traces", new String(body, StandardCharsets.ISO_8859_1), String::concat);
                SPANS.addAll(spans(body));
            }
        }
    }

    @AfterAll
    static void close() {
        DEMO.close();
        STORES_SIMULATION.close();
    }

    /** As chatty as an operator can make it, with everything exposed and each of its ways to the outside in use. */
    private static Installation installation(Path folder, Receiver hook, Receiver collector) {
        Installation installation = new Installation(folder, "morning")
                .set(
                        "spring.config.import",
                        "file:" + Path.of("src/test/resources/demo.yaml").toAbsolutePath())
                .set("demo.data", folder.resolve("data").toString())
                .set("logging.structured.format.console", "ecs")
                .set("logging.level.io.celonamdm", "DEBUG")
                .set("logging.level.org.apache.camel.component.http", "DEBUG")
                .set("logging.level.org.apache.camel.processor", "DEBUG")
                .set("logging.level.org.apache.hc", "DEBUG")
                .set("logging.level.org.springframework.web", "DEBUG")
                .set("logging.level.org.springframework.security", "DEBUG")
                .set("server.tomcat.accesslog.enabled", "true")
                .set("server.tomcat.basedir", folder.resolve("tomcat").toString())
                .set("management.endpoints.web.exposure.include", "*")
                .set("connector.notifications.night-watch.to", hook.url() + "/services/" + HOOK_SECRET)
                .set("connector.traces.enabled", "true")
                .set("connector.traces.endpoint", collector.url() + "/v1/traces")
                .set("connector.traces.headers.Authorization", COLLECTOR_SECRET);
        DemoSettings.of(DEMO.simulation(), STORES_SIMULATION).forEach(installation::set);
        return installation;
    }

    /** Cuts the waits of the demo, which are long enough to watch. */
    private static List<String> options() {
        return Stream.of(WAREHOUSE, STORES)
                .flatMap(sync -> Stream.of(
                        "-Dconnector.syncs.%s.celona.provision.patience=6s".formatted(sync),
                        "-Dconnector.syncs.%s.celona.provision.first=1s".formatted(sync),
                        "-Dconnector.syncs.%s.confirm.first=1s".formatted(sync),
                        "-Dconnector.syncs.%s.celona.poll.first=500ms".formatted(sync)))
                .toList();
    }

    private static void night(ConnectorProcess connector) {
        String words = "cannot read EID %s, ICCID 89105212033100003474, IMEI %s"
                .formatted(DEMO.healthy().get(0).eid(), IMEI);
        DEMO.simulation()
                .celona()
                .faults()
                .once("GET", "eid-status", Fault.answer(500, "{\"message\":\"" + words + "\"}", Map.of()));
        DEMO.simulation().jamf().faults().once("GET", "/mdm/commands", Fault.status(401));
        assertThat(connector.run(WAREHOUSE)).isEqualTo(202);
        assertThat(connector.run(STORES)).isEqualTo(202);
        connector.awaitClosed(WAREHOUSE, PATIENCE);
        connector.awaitClosed(STORES, PATIENCE);
    }

    private static void morning(ConnectorProcess connector) throws IOException {
        DEMO.simulation().celona().settings().deviceGroups(DemoScenario.LOAN_POOL);
        try (Walkthrough morning = new Walkthrough(Path.of("docs", "operations.md"), "## A morning")) {
            assertThat(morning.steps()).hasSizeGreaterThan(10);
            different = morning.run(Map.of(
                    "127.0.0.1:8081",
                    connector.address(),
                    "java -jar target/celona-mdm-connector-0.1.0.jar",
                    "java -XX:TieredStopAtLevel=1 '%s' %s"
                            .formatted(
                                    String.join("' '", SharedClasses.options()),
                                    ConnectorApplication.class.getName())));
        }
    }

    /** Asks every endpoint that there is, and some that there are not. */
    private static void ask(ConnectorProcess connector) {
        List<String> paths = new ArrayList<>(List.of(
                "/syncs/nowhere",
                "/devices/warehouse/12",
                "/devices/warehouse?limit=10000",
                "/devices/warehouse/" + DEMO.healthy().get(0).eid(),
                "/deadletters/warehouse",
                "/deadletters/warehouse?format=csv",
                "/indoubt/stores",
                "/drift/warehouse",
                "/preview/stores",
                "/profile/stores",
                "/runs/1",
                "/health/jobs",
                "/env/connector.syncs.warehouse.celona.api-key",
                "/quartz/jobs/sync/warehouse"));
        JsonNode links = connector.get("").path("_links");
        links.forEach(link -> {
            String path = link.path("href").asText().replaceFirst("^.*/actuator", "");
            // a dump of the heap has what the process knows, and is not for the faint-hearted
            if (!link.path("templated").asBoolean() && !path.equals("/heapdump")) {
                paths.add(path);
            }
        });
        paths.forEach(path -> WRITTEN.put("GET " + path, connector.ask(path).body()));
        WRITTEN.put(
                "POST",
                connector.post("/syncs/warehouse", "{\"action\":\"fly\"}").body()
                        + connector
                                .post("/ledger", "{\"action\":\"backup\",\"reason\":\"a test\"}")
                                .body()
                        + connector
                                .post("/notifications/night-watch", "{\"action\":\"test\"}")
                                .body());
    }

    private static void keepFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString();
                // the ledger and its backup have the devices in them; the settings are what the operator wrote
                if (!name.startsWith("data") && !name.equals("settings.properties")) {
                    WRITTEN.put(name, Files.readString(file));
                }
            }
        }
    }

    private static List<Span> spans(byte[] body) throws InvalidProtocolBufferException {
        return ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().stream()
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .toList();
    }

    @Test
    void itIsAsDocumented() {
        assertThat(different).isEmpty();
    }

    @Test
    void noSecretIsInAnything() {
        List<String> secrets = new ArrayList<>(List.of(
                Simulation.API_KEY,
                Simulation.CLIENT_SECRET,
                URLEncoder.encode(Simulation.CLIENT_SECRET, StandardCharsets.UTF_8),
                Base64.getEncoder().encodeToString("demo:demo".getBytes(StandardCharsets.UTF_8)),
                "$2a$10$Pdd13uRnTWIw80AfGnRvP",
                HOOK_SECRET,
                COLLECTOR_SECRET));
        for (Login login : Login.values()) {
            secrets.add(login.password());
            secrets.add(login.header().substring("Basic ".length()));
        }
        Login.settings().values().stream()
                .filter(value -> value.startsWith("{bcrypt}"))
                .forEach(value -> secrets.add(value.substring("{bcrypt}".length())));
        List<String> tokens = Stream.of(DEMO.simulation(), STORES_SIMULATION)
                .flatMap(simulation -> simulation.jamf().log().of("POST", "/oauth/token").stream())
                .map(answer ->
                        Json.read(answer.answerBody()).path("access_token").asText())
                .toList();
        assertThat(tokens).hasSizeGreaterThan(1).noneMatch(String::isEmpty);
        secrets.addAll(tokens);

        assertThat(WRITTEN)
                .containsKeys("notices", "traces", "GET /env", "GET /configprops", "GET /prometheus", "GET /health")
                .hasSizeGreaterThan(30);
        assertThat(secrets).allSatisfy(secret -> {
            assertThat(log.lines().filter(line -> line.contains(secret))).isEmpty();
            assertThat(WRITTEN.entrySet())
                    .filteredOn(entry -> entry.getValue().contains(secret))
                    .extracting(Map.Entry::getKey)
                    .isEmpty();
        });
    }

    @Test
    void numbersOfDevicesAreShortInTheLogAndNowhereButInAnswersAboutThem() {
        List<String> numbers = new ArrayList<>(List.of(IMEI));
        for (Simulation simulation : List.of(DEMO.simulation(), STORES_SIMULATION)) {
            simulation.fleet().phones().stream()
                    .map(Phone::eid)
                    .filter(eid -> !eid.isEmpty())
                    .forEach(numbers::add);
            simulation.celona().truth().assignments().values().forEach(numbers::addAll);
        }
        assertThat(numbers).hasSizeGreaterThan(120);

        assertThat(numbers)
                .allSatisfy(number -> assertThat(log.lines().filter(line -> line.contains(number)))
                        .isEmpty());
        assertThat(log).contains(IMEI.substring(0, 8) + "…" + IMEI.substring(11));
        Set<String> quiet = WRITTEN.keySet().stream()
                .filter(place -> place.matches("tomcat.*|notices|traces|GET /(prometheus|health|metrics|loggers).*"))
                .collect(toSet());
        assertThat(quiet).hasSizeGreaterThan(6);
        assertThat(quiet).allSatisfy(place -> {
            String text = WRITTEN.get(place);
            assertThat(text).isNotNull();
            assertThat(numbers).noneMatch(text::contains);
        });
        assertThat(WRITTEN.entrySet())
                .filteredOn(entry -> entry.getKey().startsWith("tomcat"))
                .anySatisfy(entry -> assertThat(entry.getValue()).contains("GET /actuator/devices/{sync}/{eid}"));
    }

    @Test
    void eachLineAboutARunNamesItAndItsSync() {
        assertThat(lines("io\\.celonamdm\\.(work|firing|planning|deadletters).*"))
                .hasSizeGreaterThan(15)
                .allSatisfy(line -> assertThat(line.path("sync").asText()).isIn(WAREHOUSE, STORES));
        List<JsonNode> warehouse = lines("io\\.celonamdm\\..*")
                .filter(line -> line.path("sync").asText().equals(WAREHOUSE))
                .toList();
        int end = indexOf(warehouse, "run 1 of sync warehouse ended");
        assertThat(warehouse.subList(indexOf(warehouse, "run 1 begins"), end + 1))
                .hasSizeGreaterThan(10)
                .allSatisfy(line -> assertThat(line.path("run").asText()).isEqualTo("1"));
        assertThat(warehouse.subList(end + 1, warehouse.size()))
                .as("of no run, such as a redrive in the morning")
                .isNotEmpty()
                .allMatch(line -> line.path("run").isMissingNode());
        assertThat(lines("org\\.apache\\.camel\\.component\\.http.*")
                        .filter(line -> line.path("message").asText().contains("method: ******")))
                .as("a notice is about no sync, although its thread has served firings before")
                .isNotEmpty()
                .allMatch(line -> line.path("sync").isMissingNode());
        assertThat(log).doesNotContain("a firing was lost");
    }

    private static Stream<JsonNode> lines(String logger) {
        return log.lines()
                .filter(line -> line.startsWith("{"))
                .map(Json::read)
                .filter(line -> line.at("/log/logger").asText().matches(logger));
    }

    private static int indexOf(List<JsonNode> lines, String begin) {
        List<String> messages =
                lines.stream().map(line -> line.path("message").asText()).toList();
        return messages.indexOf(messages.stream()
                .filter(message -> message.startsWith(begin))
                .findFirst()
                .orElseThrow());
    }

    @Test
    void eachRunIsOneTraceWithItsCalls() {
        Map<Object, List<Span>> traces = SPANS.stream().collect(groupingBy(Span::getTraceId));
        Map<Object, Span> byId = new HashMap<>();
        SPANS.forEach(span -> byId.put(span.getSpanId(), span));

        assertThat(traces.values()).hasSize(3).allSatisfy(trace -> {
            List<Span> roots = trace.stream()
                    .filter(span -> span.getParentSpanId().isEmpty())
                    .toList();
            assertThat(roots).extracting(Span::getName).containsExactly("run");
            assertThat(trace)
                    .filteredOn(span -> !span.equals(roots.get(0)))
                    .allSatisfy(call -> assertThat(byId.get(call.getParentSpanId()))
                            .isNotNull()
                            .extracting(Span::getTraceId)
                            .isEqualTo(call.getTraceId()));
        });
        List<Span> night = traces.values().stream()
                .filter(trace -> trace.stream().anyMatch(span -> span.getName().equals("get-eid-status")))
                .findFirst()
                .orElseThrow();
        assertThat(night.stream().map(Span::getName).collect(toSet()))
                .contains(
                        "get-mobile-devices",
                        "call-jamf",
                        "get-jamf-token",
                        "post-assign-eid",
                        "send-mdm-command",
                        "post-activation-from-file");
        assertThat(night)
                .filteredOn(span -> span.getName().equals("post-assign-eid"))
                .hasSameSizeAs(DEMO.simulation().celona().log().of("POST", "assign-eid"))
                .allSatisfy(span -> assertThat(attributes(span))
                        .containsEntry("connector.sync", WAREHOUSE)
                        .containsKeys("connector.devices", "http.response.status_code"));
        assertThat(SPANS)
                .filteredOn(span -> span.hasStatus() && span.getStatus().getCodeValue() == 2)
                .extracting(span -> span.getName() + " " + span.getStatus().getMessage())
                .contains("get-eid-status VENDOR_ERROR", "post-assign-eid UNREACHABLE");
    }

    private static Map<String, String> attributes(Span span) {
        return span.getAttributesList().stream()
                .collect(toMap(
                        attribute -> attribute.getKey(),
                        attribute -> attribute.getValue().hasStringValue()
                                ? attribute.getValue().getStringValue()
                                : String.valueOf(attribute.getValue().getIntValue())));
    }
}
