package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.ledger.database.Audit;
import io.celonamdm.login.Login;
import io.celonamdm.login.SignedInRestTemplate;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.PhoneFleet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.TestRestTemplate;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Who may call which endpoint. */
class AccessTest extends NightTest {
    private static final Simulation SIMULATION = Simulation.start(PhoneFleet.of(0, 61));

    private final TestRestTemplate rest = SignedInRestTemplate.ofNobody();

    @Autowired
    Audit audit;

    @LocalManagementPort
    int port;

    @LocalServerPort
    int mainPort;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        settings(registry, SIMULATION);
    }

    @AfterAll
    static void stop() {
        SIMULATION.close();
    }

    private ResponseEntity<JsonNode> call(
            HttpMethod method, String path, @Nullable Object body, @Nullable String authorization) {
        HttpHeaders headers = new HttpHeaders();
        headers.setAccept(List.of(MediaType.APPLICATION_JSON, MediaType.ALL));
        if (body != null) {
            headers.setContentType(MediaType.APPLICATION_JSON);
        }
        if (authorization != null) {
            headers.set(HttpHeaders.AUTHORIZATION, authorization);
        }
        return rest.exchange(
                "http://127.0.0.1:" + port + path, method, new HttpEntity<>(body, headers), JsonNode.class);
    }

    private int status(HttpMethod method, String path, @Nullable Object body, @Nullable String authorization) {
        return call(method, path, body, authorization).getStatusCode().value();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"})
    void bareHealthIsOpen(String path) {
        ResponseEntity<JsonNode> answer = call(HttpMethod.GET, path, null, null);

        assertThat(answer.getStatusCode().value()).isEqualTo(200);
        assertThat(Objects.requireNonNull(answer.getBody()).path("status").asText())
                .isEqualTo("UP");
        assertThat(answer.getBody().has("components")).isFalse();
        assertThat(Objects.requireNonNull(call(HttpMethod.GET, "/actuator/health", null, Login.VIEWER.header())
                                .getBody())
                        .has("components"))
                .isTrue();
    }

    static Stream<String> whatCanBeSeen() {
        return Stream.of(
                "",
                "/syncs",
                "/syncs/warehouse",
                "/runs",
                "/deadletters/warehouse",
                "/indoubt/warehouse",
                "/devices/warehouse",
                "/drift/warehouse",
                "/preview/warehouse",
                "/profile/warehouse",
                "/ledger",
                "/info",
                "/sbom",
                "/metrics",
                "/quartz");
    }

    @ParameterizedTest
    @MethodSource("whatCanBeSeen")
    void viewersSeeWhatNobodyElseDoes(String path) {
        String address = "/actuator" + path;
        assertThat(status(HttpMethod.GET, address, null, null)).isEqualTo(401);
        assertThat(status(HttpMethod.GET, address, null, Login.VIEWER.header())).isEqualTo(200);
        assertThat(status(HttpMethod.GET, address, null, Login.OPERATOR.header()))
                .isEqualTo(200);
    }

    /** Of few paths: whoever sends ten wrong passwords has to wait for a minute. */
    @ParameterizedTest
    @ValueSource(strings = {"", "/syncs", "/devices/warehouse", "/info"})
    void aWrongPasswordOpensNothing(String path) {
        assertThat(status(HttpMethod.GET, "/actuator" + path, null, "Basic d3Jvbmc6d3Jvbmc="))
                .isEqualTo(401);
    }

    @Test
    void theBillOfMaterialsNamesWhatIsInside() {
        JsonNode bill =
                Objects.requireNonNull(call(HttpMethod.GET, "/actuator/sbom/application", null, Login.VIEWER.header())
                        .getBody());

        assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
        assertThat(bill.path("components").findValuesAsText("name"))
                .contains("camel-quartz", "h2", "spring-boot")
                .doesNotContain("assertj-core");
    }

    static Stream<String> whatCanBeChanged() {
        return Stream.of(
                "/syncs/warehouse",
                "/runs/1",
                "/deadletters/warehouse",
                "/indoubt/warehouse/1",
                "/devices/warehouse/89049032000000000000000000000001",
                "/preview/warehouse",
                "/preflight",
                "/preflight/warehouse",
                "/ledger");
    }

    @ParameterizedTest
    @MethodSource("whatCanBeChanged")
    void onlyOperatorsChangeAnything(String path) {
        String address = "/actuator" + path;
        Map<String, String> body = Map.of("action", "explode", "reason", "a test");
        assertThat(status(HttpMethod.POST, address, body, null)).isEqualTo(401);
        ResponseEntity<JsonNode> denied = call(HttpMethod.POST, address, body, Login.VIEWER.header());
        assertThat(denied.getStatusCode().value()).isEqualTo(403);
        assertThat(Objects.requireNonNull(denied.getBody()).path("error").asText())
                .isEqualTo("POST needs the role OPERATOR, which a-viewer does not have");
        assertThat(status(HttpMethod.POST, address, body, Login.OPERATOR.header()))
                .isNotIn(401, 403, 500);
    }

    @Test
    void anAnswerToNobodySaysWhatToDo() {
        ResponseEntity<JsonNode> answer = call(HttpMethod.GET, "/actuator/syncs", null, null);

        assertThat(answer.getHeaders().getFirst(HttpHeaders.WWW_AUTHENTICATE)).startsWith("Basic");
        assertThat(Objects.requireNonNull(answer.getBody()).path("error").asText())
                .startsWith("sign in with a user of connector.security.users");
        assertThat(answer.getHeaders().getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.getHeaders().getFirst("Content-Security-Policy")).isEqualTo("default-src 'none'");
    }

    @Test
    void theMainPortIsUnderTheSameRules() {
        assertThat(rest.getForEntity("http://127.0.0.1:" + mainPort + "/", String.class)
                        .getStatusCode()
                        .value())
                .isEqualTo(401);
    }

    @Test
    void aPreflightAndATestOfTheConnectionNeedAReasonAndAreAudited() {
        String all = "/actuator/preflight";
        String one = "/actuator/syncs/warehouse";
        Map<String, String> why = Map.of("reason", "new key");
        Map<String, String> test = Map.of("action", "test-connection", "reason", "new key");

        assertThat(status(HttpMethod.POST, all, Map.of(), Login.OPERATOR.header()))
                .isEqualTo(400);
        assertThat(status(HttpMethod.POST, all + "/wearhouse", why, Login.OPERATOR.header()))
                .isEqualTo(404);
        assertThat(status(HttpMethod.POST, one, Map.of("action", "test-connection"), Login.OPERATOR.header()))
                .isEqualTo(400);
        JsonNode report = Objects.requireNonNull(
                        call(HttpMethod.POST, all, why, Login.OPERATOR.header()).getBody())
                .path(0);
        JsonNode connection = Objects.requireNonNull(
                call(HttpMethod.POST, one, test, Login.OPERATOR.header()).getBody());

        assertThat(report.path("sync").asText()).isEqualTo(SYNC);
        assertThat(report.path("findings").findValuesAsText("code")).contains("NO_DEVICES");
        assertThat(report.path("findings").findValuesAsText("check")).contains("settings", "celona key");
        assertThat(connection.path("result").asText()).isEqualTo("WARN");
        assertThat(connection.path("findings").findValuesAsText("check"))
                .contains("celona key", "jamf client", "clock")
                .doesNotContain("settings", "expiry");
        assertThat(audit.list(NAME, 2))
                .extracting(Audit.Entry::actor, Audit.Entry::action, Audit.Entry::reason)
                .containsExactly(
                        tuple(Login.OPERATOR.user(), "test-connection", "new key"),
                        tuple(Login.OPERATOR.user(), "preflight", "new key"));
    }

    @Test
    void theAuditKnowsWhoItWas() {
        assertThat(status(
                        HttpMethod.POST,
                        "/actuator/syncs/warehouse",
                        Map.of("action", "pause", "reason", "a test"),
                        Login.OPERATOR.header()))
                .isEqualTo(202);

        assertThat(audit.list(NAME, 1).get(0).actor()).isEqualTo(Login.OPERATOR.user());
    }
}
