package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.database.Audit;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.login.Login;
import io.celonamdm.monitoring.Monitoring;
import io.celonamdm.monitoring.Prometheus;
import io.celonamdm.monitoring.Promtool;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.micrometer.metrics.test.autoconfigure.AutoConfigureMetrics;
import org.springframework.boot.resttestclient.TestRestTemplate;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** The metrics in Prometheus after a night with every kind of event. */
@AutoConfigureMetrics
@TestPropertySource(
        properties = {
            "connector.syncs.warehouse.guards.min-inventory=0",
            "connector.syncs.warehouse.celona.api-key-expires=2100-01-01",
            "connector.syncs.warehouse.celona.pool=20",
            "connector.notifications.log.to=log:notices",
            "connector.notifications.log.template=mail.txt",
            "connector.notifications.log.occasions=expiry"
        })
class MetricsTest extends NightTest {
    private static final PhoneFleet FLEET = PhoneFleet.of(7, 71);
    private static final Simulation SIMULATION = Simulation.start(FLEET);
    private static final Pattern ROW = Pattern.compile("\\| `(connector_\\w+)` \\| (\\w+) \\| (.*?) \\| (.*?) \\|");
    private static final Map<String, String> OF_SYNC = Map.of("sync", SYNC);
    private static boolean over;

    @Autowired
    TestRestTemplate rest;

    @Autowired
    Audit audit;

    @LocalManagementPort
    int port;

    @TempDir
    Path folder = Path.of("");

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        settings(registry, SIMULATION);
        settings(registry, SIMULATION, "office");
        registry.add("connector.page.address", () -> "https://esim.example.com");
    }

    @AfterAll
    static void stop() {
        SIMULATION.close();
    }

    /**
     * Four devices are done, one is held, one waits, one is a dead letter; then the sync is quarantined, with a run
     * still open. The other sync has had no run, and nothing shows why its only device cannot be activated.
     */
    @BeforeEach
    void haveTheNight() {
        if (over) {
            return;
        }
        over = true;
        assertThat(night().outcome()).isEqualTo(Run.Outcome.SUCCESS);
        List<Long> ids =
                jdbc.sql("select id from device order by id").query(Long.class).list();
        atActivate(ids.subList(0, 1));
        deadLetters.add(List.of(ids.get(0)), ReasonCode.DG_NOT_FOUND, "a test", null);
        jdbc.sql("update device set place = 'HELD', step = 'PUSH', code = 'HELD_BY_OPERATOR' where id = :id")
                .param("id", ids.get(1))
                .update();
        jdbc.sql(
                        "update device set place = 'WAITING', step = 'ACTIVATE', code = 'NOT_PROVISIONED', due_at = :due where id = :id")
                .param("due", OffsetDateTime.now(ZoneOffset.UTC).plusDays(1))
                .param("id", ids.get(2))
                .update();
        jdbc.sql("""
                        insert into device (sync, customer_id, eid, step, place, code, due_at, refused_at, created_at)
                        values ('office', '104242', :eid, 'ACTIVATE', 'WAITING', 'NOT_PROVISIONED', :due, :now, :now)
                        """)
                .param("eid", "89049032007008882600085727376656")
                .param("due", OffsetDateTime.now(ZoneOffset.UTC).plusDays(1))
                .param("now", OffsetDateTime.now(ZoneOffset.UTC))
                .update();
        // the quarantine ends well before the window of the run: a firing would close a run without a probe in its
        // window
        states.quarantine(
                NAME, null, ReasonCode.FORBIDDEN, "a test", Instant.now().plus(Duration.ofMinutes(30)));
        audit.note(Audit.CONNECTOR, NAME, null, "pause", "a test", "");
        assertThat(runs.open(NAME, Run.Cause.ON_DEMAND, true, Duration.ofHours(1)))
                .isTrue();
        // the ledger is looked at now and then, and perhaps between the steps above: the last of them shows that all
        // are seen
        await().atMost(PATIENCE)
                // the night itself was an open run
                .until(
                        MetricsTest.this::scrape,
                        seen -> seen.value("connector_quarantined", OF_SYNC).equals(Optional.of(1.0))
                                && seen.value("connector_open_run_age_seconds", OF_SYNC)
                                        .isPresent());
    }

    private Scrape scrape() {
        String text = new TestRestTemplate(Login.VIEWER.user(), Login.VIEWER.password())
                .getForObject("http://127.0.0.1:" + port + "/actuator/prometheus", String.class);
        return new Scrape(Objects.requireNonNull(text));
    }

    private JsonNode health(String path) {
        ResponseEntity<JsonNode> answer = rest.withBasicAuth(Login.VIEWER.user(), Login.VIEWER.password())
                .getForEntity("http://127.0.0.1:" + port + "/actuator/health" + path, JsonNode.class);
        assertThat(answer.getStatusCode().value()).isEqualTo(200);
        return Objects.requireNonNull(answer.getBody());
    }

    private static List<MatchResult> table() throws IOException {
        return ROW.matcher(Files.readString(Path.of("docs", "metrics.md")))
                .results()
                .toList();
    }

    @Test
    void everyMetricIsAsDocumented() throws IOException {
        Scrape scrape = scrape();

        assertThat(table()).hasSizeGreaterThan(10).allSatisfy(row -> {
            String name = row.group(1);
            assertThat(scrape.own().lines())
                    .contains("# TYPE " + name + " " + row.group(2), "# HELP " + name + " " + row.group(4));
            Set<String> labels =
                    new TreeSet<>(List.of(row.group(3).replace("`", "").split(", ")));
            labels.remove("");
            assertThat(scrape.samples())
                    .as(name)
                    .filteredOn(
                            sample -> sample.name().equals(name + (row.group(2).equals("histogram") ? "_count" : "")))
                    .isNotEmpty()
                    .allSatisfy(sample -> assertThat(sample.labels().keySet()).isEqualTo(labels));
        });
    }

    @Test
    void everyMetricIsDocumented() throws IOException {
        Set<String> documented = new TreeSet<>();
        table().forEach(row -> documented.add(row.group(1)));

        assertThat(scrape().names())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(documented)
                        .contains(name.replaceAll("^(connector_calls_seconds)_(count|sum|max|bucket)$", "$1")));
    }

    @Test
    void valuesAreThoseOfTheLedger() {
        Scrape scrape = scrape();

        assertThat(scrape.value("connector_ledger_up", Map.of())).contains(1.0);
        assertThat(scrape.value("connector_devices", Map.of("place", "DONE"))).contains(4.0);
        assertThat(scrape.value("connector_devices_held", Map.of("code", "HELD_BY_OPERATOR")))
                .contains(1.0);
        assertThat(scrape.value("connector_dead_letters", Map.of("code", "DG_NOT_FOUND")))
                .contains(1.0);
        assertThat(scrape.value("connector_devices_dead_total", Map.of("code", "DG_NOT_FOUND")))
                .contains(1.0);
        assertThat(scrape.value("connector_devices_done_total", OF_SYNC)).contains(7.0);
        assertThat(scrape.value("connector_devices_in_doubt", OF_SYNC)).contains(0.0);
        assertThat(scrape.value("connector_pool_left", OF_SYNC)).contains(13.0);
        assertThat(scrape.value("connector_quarantined", OF_SYNC)).contains(1.0);
        assertThat(scrape.value("connector_paused", OF_SYNC)).contains(0.0);
        assertThat(scrape.value("connector_runs_total", Map.of("outcome", "SUCCESS")))
                .contains(1.0);
        assertThat(scrape.value("connector_audited_actions_total", Map.of("action", "pause")))
                .contains(1.0);
        double now = Instant.now().getEpochSecond();
        assertThat(scrape.value("connector_last_good_run_timestamp_seconds", OF_SYNC))
                .hasValueSatisfying(time -> assertThat(time).isBetween(now - 600, now));
        assertThat(scrape.value("connector_next_run_timestamp_seconds", OF_SYNC))
                .hasValueSatisfying(time -> assertThat(time).isBetween(now, now + 90_000));
        assertThat(scrape.value("connector_credential_expiry_seconds", Map.of("credential", "celona-api-key")))
                .hasValueSatisfying(left -> assertThat(left)
                        .isCloseTo(Instant.parse("2100-01-01T00:00:00Z").getEpochSecond() - now, within(600.0)));
        assertThat(scrape.value("connector_open_run_age_seconds", OF_SYNC))
                .hasValueSatisfying(age -> assertThat(age).isBetween(0.0, 600.0));
    }

    @Test
    void callsAreTimedByTheirStepOfTheRoutes() {
        Scrape scrape = scrape();

        assertThat(List.of("get-mobile-devices", "post-assign-eid", "get-eid-status", "post-activation-from-file"))
                .allSatisfy(call -> assertThat(scrape.value(
                                "connector_calls_seconds_count",
                                Map.of("sync", SYNC, "call", call, "outcome", "answered")))
                        .hasValueSatisfying(count -> assertThat(count).isPositive()));
        assertThat(scrape.value("connector_calls_seconds_count", Map.of("call", "post-assign-eid")))
                .contains((double) SIMULATION.celona().log().count("POST", "assign-eid"));
    }

    @Test
    void aSyncThatIsStoppedDegradesTheHealthOfTheJobsAlone() {
        JsonNode jobs = health("/jobs");

        assertThat(jobs.path("status").asText()).isEqualTo("DEGRADED");
        JsonNode job = jobs.path("details").path(SYNC);
        assertThat(job.path("status").asText()).isEqualTo("DEGRADED");
        assertThat(job.path("quarantine").asText()).isEqualTo("FORBIDDEN");
        assertThat(job.path("inDoubt").asInt(-1)).isZero();
        assertThat(job.path("lastGoodCall").path("celona").path("call").asText())
                .isEqualTo("post-activation-from-file");
        assertThat(Instant.parse(
                        job.path("lastGoodCall").path("jamf").path("at").asText()))
                .isBefore(Instant.now());
        assertThat(job.path("credentials").get(0).asText()).startsWith("celona-api-key expires on 2100-01-01, in ");
        assertThat(Instant.parse(job.path("lastGoodRun").asText())).isBefore(Instant.now());
        assertThat(health("").path("status").asText()).isEqualTo("UP");
        assertThat(health("").path("components").has("jobs")).isTrue();
        assertThat(List.of("/liveness", "/readiness")).allSatisfy(probe -> {
            assertThat(health(probe).path("status").asText()).isEqualTo("UP");
            assertThat(health(probe).path("components").has("jobs")).isFalse();
        });
    }

    @Test
    void nobodySeesThemWithoutALogin() {
        assertThat(new TestRestTemplate()
                        .getForEntity("http://127.0.0.1:" + port + "/actuator/prometheus", String.class)
                        .getStatusCode()
                        .value())
                .isEqualTo(401);
    }

    @Test
    void nothingTellsOfADevice() {
        String own = scrape().own();

        assertThat(FLEET.phones()).hasSize(7).extracting(Phone::eid).noneMatch(own::contains);
        assertThat(jdbc.sql("select iccid from device where sync = 'warehouse'")
                        .query(String.class)
                        .list())
                .hasSize(7)
                .noneMatch(own::contains);
    }

    @Test
    void prometheusAnswersEverySelectorOfAlertsAndDashboard() throws IOException {
        assertThat(Monitoring.selectors()).hasSizeGreaterThan(20);
        try (Prometheus prometheus = Prometheus.scraping("127.0.0.1:" + port, Login.VIEWER, folder)) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(Monitoring.selectors())
                            .filteredOn(prometheus::hasNothing)
                            .isEmpty());
            // by this test's night and the other sync, and by nothing else
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(prometheus.alerts())
                            .containsExactlyInAnyOrder(
                                    "ConnectorNeverAGoodRun", "ConnectorProvisionedUnclear", "ConnectorQuarantined"));
        }
    }

    @Test
    void prometheusHasNothingToSayAgainstThem() throws IOException {
        Path metrics = Files.writeString(folder.resolve("metrics.txt"), scrape().own());

        assertThat(Promtool.run(metrics, "check", "metrics")).isEmpty();
    }
}
