package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Audit;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.login.Login;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.matchers.GroupMatcher;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.micrometer.metrics.test.autoconfigure.AutoConfigureMetrics;
import org.springframework.boot.resttestclient.TestRestTemplate;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.util.FileSystemUtils;

/** A provider's 500 syncs in one process, in several files that change while it runs. */
@TestPropertySource(
        properties = {
            "connector.syncs-folder=" + FleetTest.FOLDER + "/syncs",
            "spring.config.import=configtree:" + FleetTest.FOLDER + "/secrets/",
            "connector.reload-every=500ms",
            "connector.jitter=2h"
        })
@ExtendWith(OutputCaptureExtension.class)
@AutoConfigureMetrics
class FleetTest extends NightTest {
    static final String FOLDER = "target/fleet";

    private static final int SYNCS = 150;
    private static final int PER_FILE = 15;

    /** Its client's secret is wrong. */
    private static final String REFUSED = "customer-007";

    /** Has a tenant of its own; the others share one. */
    private static final String APART = "customer-003";

    private static final PhoneFleet FLEET = PhoneFleet.of(2, 71).downloadDelay(Duration.ofMillis(20));
    private static final Simulation SHARED = Simulation.start(FLEET);
    private static final Simulation OWN = Simulation.start(PhoneFleet.of(1, 72));

    @Autowired
    TestRestTemplate rest;

    @Autowired
    Scheduler scheduler;

    @Autowired
    CamelContext camel;

    @Autowired
    Audit audit;

    @LocalManagementPort
    int port;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        Login.settings().forEach((key, value) -> registry.add(key, () -> value));
    }

    static {
        // what is imported is read before anything else
        writeFiles();
    }

    private static void writeFiles() {
        for (Path folder : List.of(Path.of(FOLDER, "syncs"), Path.of(FOLDER, "secrets"))) {
            try {
                FileSystemUtils.deleteRecursively(folder);
                Files.createDirectories(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        write("secrets/celona-key", "of-yesterday");
        for (int from = 0; from < SYNCS; from += PER_FILE) {
            StringBuilder file = new StringBuilder();
            for (int i = from; i < from + PER_FILE; i++) {
                file.append(sync("customer-%03d".formatted(i)));
            }
            write("syncs/from-%03d.yaml".formatted(from), file.toString());
        }
    }

    @AfterAll
    static void stop() {
        SHARED.close();
        OWN.close();
    }

    private static String sync(String name) {
        Simulation simulation = name.equals(APART) ? OWN : SHARED;
        return """
                %s:
                  schedule: "0 30 4 * * ?"
                  mdm:
                    platform: jamf
                    base-url: %s
                    client-id: %s
                    client-secret: %s
                    push: [command]
                  celona:
                    customer-id: "%s"
                    api-key: "${celona-key}"
                    assign-url: %s
                    activation-url: %s
                    poll: { first: 200ms, max: 1s }
                    provision: { first: 200ms, max: 1s }
                  confirm: { first: 200ms, max: 1s }
                  retry: { first: 200ms, max: 1s }
                  default-group: ""
                """.formatted(
                        name,
                        simulation.jamf().url(),
                        name.equals(REFUSED) ? "nobody" : Simulation.CLIENT_ID,
                        Simulation.CLIENT_SECRET,
                        Simulation.CUSTOMER_ID,
                        simulation.celona().url(),
                        simulation.celona().url());
    }

    private static void write(String name, String text) {
        try {
            Files.writeString(Path.of(FOLDER, name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode get(String path) {
        return Objects.requireNonNull(
                rest.getForObject("http://127.0.0.1:" + port + "/actuator" + path, JsonNode.class));
    }

    private Run end(String sync) {
        return awaitEnd(runs.latest(new SyncName(sync)).orElseThrow().id());
    }

    private void awaitLog(CapturedOutput output, String text) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> output.getOut().contains(text));
    }

    @Test
    void allAreScheduledAndSpreadOverTheJitter() throws SchedulerException {
        assertThat(scheduler.getJobKeys(GroupMatcher.jobGroupEquals("sync")))
                .extracting(JobKey::getName)
                .containsAll(
                        syncs.all().stream().map(each -> each.name().value()).toList())
                .hasSizeGreaterThanOrEqualTo(SYNCS);

        List<LocalTime> starts = new ArrayList<>();
        JsonNode views = get("/syncs");
        for (JsonNode view : views) {
            // the one that another test adds and changes has a schedule of its own
            if (view.path("name").asText().startsWith("customer-")) {
                starts.add(Instant.parse(view.path("nextRun").asText())
                        .atZone(ZoneOffset.UTC)
                        .toLocalTime());
            }
        }
        assertThat(starts)
                .hasSizeGreaterThanOrEqualTo(SYNCS)
                .allSatisfy(start -> assertThat(start).isBetween(LocalTime.of(4, 30), LocalTime.of(6, 30)));
        Set<Integer> fiveMinutes =
                starts.stream().map(start -> start.toSecondOfDay() / 300).collect(Collectors.toSet());
        assertThat(fiveMinutes).as("every five minutes of the two hours").hasSizeGreaterThanOrEqualTo(24);
        assertThat(Set.copyOf(starts)).hasSizeGreaterThan(SYNCS * 9 / 10);

        assertThat(get("/health/jobs").path("details").size()).isGreaterThanOrEqualTo(SYNCS);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Objects.requireNonNull(rest.getForObject(
                                        "http://127.0.0.1:" + port + "/actuator/prometheus", String.class))
                                .lines()
                                .filter(line -> line.startsWith("connector_next_run_timestamp_seconds{")))
                        .hasSizeGreaterThanOrEqualTo(SYNCS));
        assertThat(get("/deadletters/custmer-123").path("error").asText())
                .isEqualTo(
                        "no sync is named \"custmer-123\"; of the %d that are configured, the nearest are [customer-123, customer-023, customer-103]"
                                .formatted(syncs.all().size()));
    }

    @Test
    void aFailingSyncIsAloneAndOnlyThoseOfOneHostShareItsToken() {
        SHARED.jamf().expireTokens();
        SHARED.jamf().log().clear();
        for (String each : List.of("customer-001", "customer-002", APART, REFUSED, "customer-149")) {
            assertThat(trigger.run(syncs.get(each), true)).isTrue();
        }

        for (String well : List.of("customer-001", "customer-002", APART, "customer-149")) {
            assertThat(end(well).outcome()).as(well).isEqualTo(Run.Outcome.PLANNED);
        }
        await().atMost(PATIENCE)
                .until(() -> states.find(new SyncName(REFUSED)).orElseThrow().quarantine() != null);
        assertThat(jdbc.sql("select name from sync where quarantine_code is not null")
                        .query(String.class)
                        .list())
                .containsExactly(REFUSED);
        assertThat(OWN.jamf().log().count("POST", "/token")).isEqualTo(1);
        assertThat(SHARED.jamf().log().of("POST", "/token").stream()
                        .filter(call -> call.request().form("client_id").equals(Optional.of(Simulation.CLIENT_ID))))
                .as("one token for all syncs of the client")
                .hasSize(1);
    }

    @Test
    void aRotatedKeyIsTakenUp(CapturedOutput output) {
        String sync = "customer-011";
        assertThat(trigger.run(syncs.get(sync), false)).isTrue();
        await().atMost(PATIENCE)
                .until(() -> states.find(new SyncName(sync)).orElseThrow().quarantine() != null);

        write("secrets/celona-key", Simulation.API_KEY);
        awaitLog(output, "settings: connector.syncs.%s.celona.api-key: changed".formatted(sync));
        states.release(new SyncName(sync));
        jdbc.sql("update device set due_at = current_timestamp where place = 'WAITING'")
                .update();
        trigger.wake(syncs.get(sync));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(FLEET.phones())
                        .extracting(Phone::eid)
                        .allSatisfy(
                                eid -> assertThat(jdbc.sql("select place from device where eid = :eid and sync = :sync")
                                                .param("eid", eid)
                                                .param("sync", sync)
                                                .query(String.class)
                                                .single())
                                        .isEqualTo("DONE")));
        assertThat(output.getAll()).doesNotContain(Simulation.API_KEY).doesNotContain("of-yesterday");
    }

    @Test
    void syncsComeChangeAndGoWithoutARestart(CapturedOutput output) throws Exception {
        String name = "newcomer";
        write("syncs/newcomer.yaml", sync(name));
        awaitLog(output, "settings: connector.syncs.newcomer: added");
        await().atMost(PATIENCE).until(() -> syncs.find(name).isPresent());
        assertThat(trigger.run(syncs.get(name), true)).isTrue();
        assertThat(end(name).outcome()).isEqualTo(Run.Outcome.PLANNED);

        write("syncs/newcomer.yaml", sync(name).replace("30 4", "0 7") + "  jitter: 0s\n");
        awaitLog(output, "sync newcomer has a new schedule: 0 0 7 * * ?");
        assertThat(Instant.parse(get("/syncs/newcomer").path("nextRun").asText())
                        .atZone(ZoneOffset.UTC)
                        .toLocalTime())
                .isEqualTo(LocalTime.of(7, 0));
        assertThat(audit.list(new SyncName(name), 10))
                .extracting(Audit.Entry::actor, Audit.Entry::action, Audit.Entry::detail)
                .contains(tuple(
                        Audit.CONNECTOR, "settings", "connector.syncs.newcomer.schedule: 0 30 4 * * ? -> 0 0 7 * * ?"));
        assertThat(trigger.run(syncs.get(name), true)).isTrue();
        assertThat(end(name).outcome()).isEqualTo(Run.Outcome.PLANNED);

        write("syncs/newcomer.yaml", sync(name).replace("platform: jamf", "platform: jam"));
        awaitLog(output, "platform jam has no route jam-devices");
        JsonNode health = get("/health/settings");
        assertThat(health.path("status").asText()).isEqualTo("DEGRADED");
        assertThat(health.path("details").path("refusedSince").asText()).startsWith("20");
        assertThat(get("/health").path("status").asText()).isEqualTo("UP");

        delete(Path.of(FOLDER, "syncs/newcomer.yaml"));
        awaitLog(output, "settings: connector.syncs.newcomer: removed");
        await().atMost(PATIENCE)
                .until(() -> get("/health/settings").path("status").asText().equals("UP"));
        assertThat(syncs.find(name)).isEmpty();
        assertThat(scheduler.checkExists(new JobKey(name, "sync")))
                .as("another replica may have it")
                .isTrue();
        triggers.now(new SyncName(name));
        awaitLog(output, "sync newcomer is not in the settings here");
        await().atMost(PATIENCE).until(() -> camel.getRoute("sync-newcomer") == null);

        write("syncs/newcomer.yaml", sync(name));
        await().atMost(PATIENCE).until(() -> syncs.find(name).isPresent() && camel.getRoute("sync-newcomer") != null);
        assertThat(trigger.run(syncs.get(name), true)).isTrue();
        assertThat(end(name).outcome()).isEqualTo(Run.Outcome.PLANNED);
    }
}
