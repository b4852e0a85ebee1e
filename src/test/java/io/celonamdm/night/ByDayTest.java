package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.run.Looks;
import io.celonamdm.ledger.run.Looks.Look;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.SyncStates.Stop;
import io.celonamdm.login.Login;
import io.celonamdm.login.SignedInRestTemplate;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Fault;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quartz.SchedulerException;
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
import org.springframework.test.context.TestPropertySource;

/** A sync that looks for new devices between its nights. */
@TestPropertySource(
        properties = {
            "connector.syncs.warehouse.mdm.push=command",
            "connector.syncs.warehouse.default-group=",
            // a test says when it is time
            "connector.syncs.warehouse.between=12h"
        })
class ByDayTest extends NightTest {
    private static final String DETAIL = "/api/v2/mobile-devices/detail";
    private static final String HOOK = "/hooks/" + SYNC + "/look";
    private static final String CALLER = "Basic " + HttpHeaders.encodeBasicAuth("jamf", "let-me-ring", null);
    private static final PhoneFleet FLEET = PhoneFleet.of(0, 53);
    private static final Simulation SIMULATION = Simulation.start(FLEET);

    @Autowired
    Looks looks;

    @Autowired
    TestRestTemplate rest;

    @LocalManagementPort
    int port;

    @LocalServerPort
    int mainPort;

    private Phone first = FLEET.addQuick(1).get(0);

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        settings(registry, SIMULATION);
        registry.add(
                "connector.security.users.jamf.password",
                () -> "$2b$04$tykjn4bDmU1bqtlIOxERiumldU9aQdx.1j2cDMPw/JAL0IbiL3g9O");
        registry.add("connector.security.users.jamf.role", () -> "CALLER");
        SIMULATION.celona().stock(200);
    }

    @AfterAll
    static void stop() {
        SIMULATION.close();
    }

    @BeforeEach
    void haveANight() {
        first = FLEET.addQuick(1).get(0);
        assertThat(night().outcome()).isEqualTo(Run.Outcome.SUCCESS);
        assertDone(first);
        SIMULATION.jamf().log().clear();
        SIMULATION.celona().log().clear();
    }

    @AfterEach
    void mend() {
        SIMULATION.jamf().faults().clear();
        states.resume(NAME);
        states.release(NAME);
        // nobody's look is due in the next test, or keeps its look waiting for a minute
        jdbc.sql("update sync set look_due_at = :later, look_at = null")
                .param("later", Instant.now().plus(Duration.ofHours(12)).atOffset(ZoneOffset.UTC))
                .update();
    }

    private void assertDone(Phone phone) {
        await("its eSIM by day")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(whereIs(phone)).isEqualTo("DONE DONE"));
    }

    private Phone enrol() {
        return FLEET.addQuick(1).get(0).lastEnrolled(Instant.now());
    }

    /** It is time to look. */
    private void dueNow() throws SchedulerException {
        jdbc.sql("update sync set look_due_at = :now, look_at = null")
                .param("now", Instant.now().atOffset(ZoneOffset.UTC))
                .update();
        triggers.now(NAME);
    }

    private Look awaitLook() {
        await("a look")
                .atMost(PATIENCE)
                .until(() -> look().at() != null
                        && look().answeredAt() != null
                        && Objects.equals(look().at(), look().answeredAt()));
        return look();
    }

    private Look look() {
        return looks.find(NAME).orElseThrow();
    }

    private long inventoryCalls() {
        return SIMULATION.jamf().log().count("GET", DETAIL);
    }

    @Test
    void aDayWithThreeEnrolmentsAQuarantineAndAPause() throws SchedulerException {
        int runsBefore = runs.history(NAME, 100).size();

        Phone atNine = enrol();
        dueNow();
        assertDone(atNine);
        assertThat(awaitLook()).extracting(Look::found, Look::admitted).containsExactly(1, 1);
        assertThat(inventoryCalls()).as("a look costs a page").isEqualTo(1);

        dueNow();
        assertThat(awaitLook().found()).as("nothing is new").isZero();
        assertThat(inventoryCalls()).isEqualTo(2);
        assertThat(SIMULATION.celona().log().count("POST", "/assign-eid")).isEqualTo(1);

        SIMULATION.jamf().faults().always("GET", DETAIL, Fault.status(403));
        Phone atTen = enrol();
        dueNow();
        await("a quarantine")
                .atMost(PATIENCE)
                .until(() -> states.find(NAME).orElseThrow().quarantine() != null);
        assertThat(quarantine().code()).isEqualTo(ReasonCode.FORBIDDEN);
        SIMULATION.jamf().faults().clear();
        dueNow();
        await("its firing has ended").atMost(PATIENCE).until(() -> triggerHasFired());
        assertThat(whereIs(atTen)).as("a quarantined sync does not look").isEqualTo("nowhere");
        probeNow();
        assertDone(atTen);

        states.stop(NAME, Stop.Kind.PAUSED, "a test");
        Phone atEleven = enrol();
        SIMULATION.jamf().log().clear();
        dueNow();
        await("its firing has ended").atMost(PATIENCE).until(() -> triggerHasFired());
        assertThat(inventoryCalls()).as("a paused sync does not look").isZero();
        assertThat(view().path("look").path("next").isNull()).isTrue();
        states.resume(NAME);
        triggers.now(NAME);
        assertDone(atEleven);

        FLEET.remove(first);
        dueNow();
        awaitLook();
        assertThat(whereIs(first)).as("a look that does not show a device").isEqualTo("DONE DONE");
        assertThat(jdbc.sql("select present from inventory where eid = :eid")
                        .param("eid", first.eid())
                        .query(Boolean.class)
                        .single())
                .isTrue();

        assertThat(runs.history(NAME, 100)).as("no look is a run").hasSize(runsBefore);
        assertThat(view().path("look").path("admittedSinceNight").asInt()).isEqualTo(3);
        Run night = night();
        assertThat(night.outcome()).isEqualTo(Run.Outcome.SUCCESS);
        assertThat(night.planned()).isZero();
        assertThat(view().path("look").path("admittedSinceNight").asInt()).isZero();
        String page = rest.getForObject("http://127.0.0.1:" + mainPort + "/syncs/" + SYNC, String.class);
        assertThat(page).contains("Looks by day");
    }

    /** Whether no on-demand trigger waits, and nothing of the sync fires. */
    private boolean triggerHasFired() {
        return jdbc.sql("select (select count(*) from qrtz_triggers where trigger_group = 'on-demand')"
                                + " + (select count(*) from qrtz_fired_triggers where job_name = :sync)")
                        .param("sync", SYNC)
                        .query(Long.class)
                        .single()
                == 0;
    }

    private JsonNode view() {
        return Objects.requireNonNull(
                rest.getForObject("http://127.0.0.1:" + port + "/actuator/syncs/" + SYNC, JsonNode.class));
    }

    private ResponseEntity<String> call(HttpMethod method, String path, String body, @Nullable String login) {
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_JSON);
        if (login != null) {
            headers.set(HttpHeaders.AUTHORIZATION, login);
        }
        return SignedInRestTemplate.ofNobody()
                .exchange("http://127.0.0.1:" + mainPort + path, method, new HttpEntity<>(body, headers), String.class);
    }

    private int ring(@Nullable String login) {
        String event = "{\"webhook\":{\"webhookEvent\":\"MobileDeviceEnrolled\"},\"event\":{\"jssID\":1}}";
        return call(HttpMethod.POST, HOOK, event, login).getStatusCode().value();
    }

    @Test
    void onlyACallerOfTheWebhookStartsALook() {
        Phone phone = enrol();

        assertThat(ring(null)).isEqualTo(401);
        assertThat(ring(Login.VIEWER.header())).isEqualTo(403);
        assertThat(call(HttpMethod.GET, HOOK, "", CALLER).getStatusCode().value())
                .isEqualTo(403);
        assertThat(call(HttpMethod.POST, HOOK, "x".repeat(300_000), CALLER)
                        .getStatusCode()
                        .value())
                .isEqualTo(413);
        assertThat(call(HttpMethod.POST, "/hooks/nobody/look", "{}", CALLER)
                        .getStatusCode()
                        .value())
                .isEqualTo(404);
        assertThat(call(HttpMethod.GET, "/", "", CALLER).getStatusCode().value())
                .as("a caller sees nothing")
                .isEqualTo(403);
        assertThat(inventoryCalls()).as("none of them has started a look").isZero();

        assertThat(ring(CALLER)).isEqualTo(202);

        assertDone(phone);
    }

    @Test
    void manyCallsAreOneLook() {
        Phone phone = enrol();

        for (int i = 0; i < 50; i++) {
            assertThat(ring(CALLER)).isEqualTo(202);
        }

        assertDone(phone);
        assertThat(inventoryCalls()).isEqualTo(1);
    }
}
