package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.ledger.database.Audit;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Fault;
import io.celonamdm.simulator.web.Hold;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.TestRestTemplate;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** A person's decisions about a whole sync: pause, resume, cancel, approve, release. */
@TestPropertySource(
        properties = {
            "connector.syncs.warehouse.mdm.push=command",
            "connector.syncs.warehouse.mdm.max-concurrency=1",
            // pushes of one device each, of which one waits for another
            "connector.syncs.warehouse.mdm.devices-per-call=1"
        })
class SyncControlTest extends NightTest {
    private static final String WHY = "asked for by a test";
    private static final PhoneFleet FLEET = PhoneFleet.of(0, 31);
    private static final Simulation SIMULATION = Simulation.start(FLEET);

    @Autowired
    TestRestTemplate rest;

    @Autowired
    Audit audit;

    @LocalManagementPort
    int port;

    private List<Phone> phones = List.of();

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        settings(registry, SIMULATION);
        registry.add("connector.syncs.warehouse.guards.max-new", () -> 4);
        SIMULATION.celona().stock(200);
    }

    @AfterAll
    static void stop() {
        SIMULATION.close();
    }

    @BeforeEach
    void haveNewPhones() {
        phones = FLEET.addQuick(3);
        SIMULATION.celona().log().clear();
    }

    @AfterEach
    void cleanUp() {
        SIMULATION.celona().faults().clear();
        SIMULATION.jamf().faults().clear();
        states.resume(NAME);
        states.release(NAME);
        jdbc.sql("update device set due_at = current_timestamp where place = 'WAITING'")
                .update();
        await().atMost(PATIENCE).until(() -> runs.open(NAME).isEmpty());
        FLEET.phones().forEach(FLEET::remove);
        night();
        // an empty inventory, which is all that is left, is no reason for a device to be gone
        jdbc.sql("update inventory set present = false").update();
    }

    private ResponseEntity<JsonNode> post(String path, Map<String, ?> body) {
        return rest.postForEntity("http://127.0.0.1:" + port + "/actuator" + path, body, JsonNode.class);
    }

    private JsonNode accepted(String path, Map<String, ?> body) {
        ResponseEntity<JsonNode> answer = post(path, body);
        assertThat(answer.getStatusCode().value()).as("%s", answer.getBody()).isEqualTo(202);
        return Objects.requireNonNull(answer.getBody());
    }

    private JsonNode act(String action) {
        return accepted("/syncs/" + SYNC, Map.of("action", action, "reason", WHY));
    }

    private void assertRefused(int status, String path, Map<String, ?> body, String why) {
        int before = audit.list(NAME, 1_000).size();
        ResponseEntity<JsonNode> answer = post(path, body);
        assertThat(answer.getStatusCode().value()).isEqualTo(status);
        assertThat(Objects.requireNonNull(answer.getBody()).path("error").asText())
                .contains(why);
        assertThat(audit.list(NAME, 1_000)).hasSize(before);
    }

    private JsonNode view() {
        return Objects.requireNonNull(
                rest.getForObject("http://127.0.0.1:" + port + "/actuator/syncs/" + SYNC, JsonNode.class));
    }

    private void assertAudited(String action) {
        assertThat(audit.list(NAME, 1).get(0))
                .extracting(Audit.Entry::action, Audit.Entry::reason)
                .containsExactly(action, WHY);
    }

    private void assertAll(String place) {
        assertThat(phones).allSatisfy(phone -> assertThat(whereIs(phone)).isEqualTo(place));
    }

    @Test
    void aPausedSyncMakesNoCallThatWritesUntilItIsResumed() {
        assertThat(act("pause").path("state").asText()).isEqualTo("PAUSED");
        assertAudited("pause");
        assertThat(view().path("stop").path("reason").asText()).isEqualTo(WHY);
        assertRefused(409, "/syncs/" + SYNC, Map.of("action", "pause", "reason", WHY), "paused already");

        assertThat(night().outcome()).isEqualTo(Run.Outcome.PAUSED);
        assertAll("WAITING ASSIGN");
        assertThat(SIMULATION.celona().log().count("POST", "")).isZero();

        act("resume");
        assertAudited("resume");
        await().atMost(PATIENCE).untilAsserted(() -> assertAll("DONE DONE"));
        assertRefused(409, "/syncs/" + SYNC, Map.of("action", "resume", "reason", WHY), "not paused");
    }

    @Test
    void aSyncThatIsPausedInTheMiddleStillAsksForItsAssignments() {
        Hold status = SIMULATION.celona().faults().hold("GET", "/eid-status", Hold.Point.BEFORE_PROCESSING);
        accepted("/syncs/" + SYNC, Map.of("action", "run"));
        status.awaitArrival(PATIENCE);
        act("pause");
        status.release();

        await().atMost(PATIENCE).untilAsserted(() -> assertAll("WAITING PUSH"));
        assertThat(SIMULATION.jamf().log().count("POST", "/mdm/commands")).isZero();

        act("resume");
        await().atMost(PATIENCE).untilAsserted(() -> assertAll("DONE DONE"));
    }

    @Test
    void pushesThatWaitForTheirPlaceAreNotSentOnceTheSyncIsPaused() {
        int sent = SIMULATION.jamf().log().count("POST", "/mdm/commands");
        int withdrawn = pushes("NOT_SENT");

        pauseWhileAPushWaitsForAnother();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                phones.stream().map(this::whereIs).sorted().toList())
                        .containsExactly("WAITING ACTIVATE", "WAITING PUSH", "WAITING PUSH"));
        assertThat(SIMULATION.jamf().log().count("POST", "/mdm/commands")).isEqualTo(sent + 1);
        assertThat(pushes("NOT_SENT")).isEqualTo(withdrawn + 1);

        act("resume");
        await().atMost(PATIENCE).untilAsserted(() -> assertAll("DONE DONE"));
    }

    @Test
    void pushesThatAreWithdrawnSayNothingOfTheVendors() {
        // the last firing of another test may be writing it down
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> jdbc.sql("delete from streak").update());
        SIMULATION.jamf().faults().times(3, "POST", "/mdm/commands", Fault.status(503));

        pauseWhileAPushWaitsForAnother();

        await().atMost(PATIENCE).until(() -> countedPushes().equals("1 good, 3 bad"));

        act("resume");
        await().atMost(PATIENCE).untilAsserted(() -> assertAll("DONE DONE"));
    }

    private void pauseWhileAPushWaitsForAnother() {
        Hold command = SIMULATION.jamf().faults().hold("POST", "/mdm/commands", Hold.Point.BEFORE_PROCESSING);
        accepted("/syncs/" + SYNC, Map.of("action", "run"));
        command.awaitArrival(PATIENCE);
        await().atMost(PATIENCE).until(() -> pushes("INTENDED") == 2);
        act("pause");
        command.release();
    }

    private String countedPushes() {
        return jdbc.sql("select good || ' good, ' || bad || ' bad' from streak where step = 'PUSH'")
                .query(String.class)
                .optional()
                .orElse("");
    }

    private int pushes(String state) {
        return jdbc.sql("select count(*) from journal where step = 'PUSH' and state = :state")
                .param("state", state)
                .query(Integer.class)
                .single();
    }

    @Test
    void whatAQuarantinePutOffGoesOnAsSoonAsAPersonEndsIt() {
        SIMULATION.celona().faults().always("POST", "/assign-eid", Fault.status(403));
        accepted("/syncs/" + SYNC, Map.of("action", "run"));
        await().atMost(PATIENCE).untilAsserted(() -> assertAll("WAITING ASSIGN FORBIDDEN"));
        SIMULATION.celona().faults().clear();

        act("release");
        assertAudited("release");

        await().atMost(PATIENCE).untilAsserted(() -> assertAll("DONE DONE"));
    }

    @Test
    void aPullThatAQuarantinePutOffGoesOnAsSoonAsAPersonEndsIt() {
        SIMULATION.jamf().faults().always("GET", "/mobile-devices/detail", Fault.status(403));
        accepted("/syncs/" + SYNC, Map.of("action", "run"));
        await().atMost(PATIENCE).until(() -> states.find(NAME).orElseThrow().quarantine() != null);
        SIMULATION.jamf().faults().clear();

        act("release");

        await().atMost(PATIENCE).untilAsserted(() -> assertAll("DONE DONE"));
    }

    @Test
    void aCancelledRunEndsAndItsDevicesStayAtTheirStepsUntilTheNext() {
        SIMULATION.celona().faults().times(1, "POST", "/assign-eid", Fault.tooManyRequests(Duration.ofHours(1)));
        long run = accepted("/syncs/" + SYNC, Map.of("action", "run"))
                .path("openRun")
                .asLong();
        await().atMost(PATIENCE).untilAsserted(() -> assertAll("WAITING ASSIGN THROTTLED"));

        JsonNode cancelled = accepted("/runs/" + run, Map.of("action", "cancel", "reason", WHY));
        assertThat(cancelled.path("outcome").asText()).isEqualTo("CANCELLED");
        assertAudited("cancel");
        assertRefused(409, "/runs/" + run, Map.of("action", "cancel", "reason", WHY), "ended at");
        assertThat(view().path("stop").path("kind").asText()).isEqualTo("CANCELLED");
        jdbc.sql("update device set due_at = current_timestamp where place = 'WAITING'")
                .update();
        trigger.wake(syncs.get(SYNC));
        assertAll("WAITING ASSIGN THROTTLED");

        night();
        assertAll("DONE DONE");
        assertThat(view().path("stop").isNull()).isTrue();
    }

    @Test
    void aRunThatIsCancelledWhileItPullsPlansNothing() {
        Hold page = SIMULATION.jamf().faults().hold("GET", "/mobile-devices/detail", Hold.Point.BEFORE_PROCESSING);
        long run = accepted("/syncs/" + SYNC, Map.of("action", "run"))
                .path("openRun")
                .asLong();
        page.awaitArrival(PATIENCE);
        accepted("/runs/" + run, Map.of("action", "cancel", "reason", WHY));
        page.release();

        assertThat(night().outcome()).isEqualTo(Run.Outcome.SUCCESS);
        assertAll("DONE DONE");
        assertThat(runs.find(run).orElseThrow().planned()).isZero();
    }

    @Test
    void aPlanThatAGuardHasHeldBackIsCarriedOutOnceItIsApproved() {
        phones = List.copyOf(FLEET.phones());
        FLEET.addQuick(7);
        phones = List.copyOf(FLEET.phones());
        night();
        assertAll("HELD ASSIGN MAX_NEW");
        JsonNode plan = view().path("plan");
        assertThat(plan.path("devices").asInt()).isEqualTo(10);
        long id = plan.path("run").asLong();
        int pulls = SIMULATION.jamf().log().count("GET", "/mobile-devices/detail");

        assertRefused(400, "/syncs/" + SYNC, Map.of("action", "approve", "reason", WHY), "\"plan\" and \"count\"");
        assertRefused(409, "/syncs/" + SYNC, approval(id, 9), "with 10 devices");
        assertRefused(409, "/syncs/" + SYNC, approval(id + 1, 10), "plan " + id);

        accepted("/syncs/" + SYNC, approval(id, 10));
        assertAudited("approve");
        await().atMost(PATIENCE).untilAsserted(() -> assertAll("DONE DONE"));
        assertThat(SIMULATION.jamf().log().count("GET", "/mobile-devices/detail"))
                .as("no new pull")
                .isEqualTo(pulls);
        await().atMost(PATIENCE).until(() -> runs.open(NAME).isEmpty());
        assertThat(runs.latest(NAME).orElseThrow())
                .extracting(Run::cause, Run::planned, Run::outcome)
                .containsExactly(Run.Cause.APPROVED, 10, Run.Outcome.SUCCESS);
        assertRefused(409, "/syncs/" + SYNC, approval(id, 10), "no plan waits");
    }

    @Test
    void aPlanThatWasOnlyAskedForCanBeApprovedUnlessItHasChanged() {
        accepted("/syncs/" + SYNC, Map.of("action", "plan"));
        await().atMost(PATIENCE).until(() -> runs.open(NAME).isEmpty());
        assertThat(phones).allSatisfy(phone -> assertThat(whereIs(phone)).isEqualTo("nowhere"));
        JsonNode plan = view().path("plan");
        long id = plan.path("run").asLong();
        assertThat(plan.path("devices").asInt()).isEqualTo(3);

        String gone = phones.get(0).eid();
        jdbc.sql("update inventory set present = false where eid = :eid")
                .param("eid", gone)
                .update();
        assertRefused(409, "/syncs/" + SYNC, approval(id, 3), "would admit other devices by now");
        assertThat(phones).allSatisfy(phone -> assertThat(whereIs(phone)).isEqualTo("nowhere"));
        assertThat(runs.open(NAME)).isEmpty();

        jdbc.sql("update inventory set present = true where eid = :eid")
                .param("eid", gone)
                .update();
        accepted("/syncs/" + SYNC, approval(id, 3));
        await().atMost(PATIENCE).untilAsserted(() -> assertAll("DONE DONE"));
    }

    @Test
    void aPlanIsGoodForADay() {
        accepted("/syncs/" + SYNC, Map.of("action", "plan"));
        await().atMost(PATIENCE).until(() -> runs.open(NAME).isEmpty());
        long id = view().path("plan").path("run").asLong();
        jdbc.sql("update run set plan_at = plan_at - interval '25' hour where id = :id")
                .param("id", id)
                .update();

        assertThat(view().path("plan").isNull()).isTrue();
        assertRefused(409, "/syncs/" + SYNC, approval(id, 3), "good for 24 hours");
    }

    @Test
    void aQuarantineIsReleasedByAPerson() {
        SIMULATION.celona().faults().always("POST", "/assign-eid", Fault.status(401));
        accepted("/syncs/" + SYNC, Map.of("action", "run"));
        await().atMost(PATIENCE)
                .until(() -> view().path("quarantine").path("code").asText().equals("BAD_CREDENTIALS"));
        SIMULATION.celona().faults().clear();
        jdbc.sql("update device set due_at = current_timestamp where place = 'WAITING'")
                .update();

        act("release");
        assertAudited("release");

        await().atMost(PATIENCE).untilAsserted(() -> assertAll("DONE DONE"));
        assertRefused(409, "/syncs/" + SYNC, Map.of("action", "release", "reason", WHY), "not quarantined");
    }

    @Test
    void whatChangesASyncNeedsAReason() {
        for (String action : List.of("pause", "resume", "release", "approve")) {
            assertRefused(400, "/syncs/" + SYNC, Map.of("action", action), "\"reason\" is missing");
        }
        assertRefused(400, "/syncs/" + SYNC, Map.of("action", "explode"), "run, plan, approve, pause, resume, release");
    }

    private static Map<String, Object> approval(long plan, int count) {
        return Map.of("action", "approve", "plan", plan, "count", count, "reason", WHY);
    }
}
