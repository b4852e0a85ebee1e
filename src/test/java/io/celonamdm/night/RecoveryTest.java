package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.esim.Eid;
import io.celonamdm.json.Json;
import io.celonamdm.ledger.database.Audit;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.ledger.device.DeviceRows;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.celona.CelonaSimulator;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Fault;
import io.celonamdm.work.Assignment;
import io.celonamdm.work.Work;
import io.celonamdm.work.call.AssignCall;
import io.celonamdm.work.failure.CallFailures;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.TestRestTemplate;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Stopped work continues: dead letters are redriven, devices in doubt are decided. */
@TestPropertySource(
        properties = {
            "connector.syncs.warehouse.mdm.push=command",
            "connector.syncs.warehouse.default-group=Night Shift",
            "connector.syncs.warehouse.device-groups[0].when.mdm-group=Late",
            "connector.syncs.warehouse.device-groups[0].group=Late Shift",
            "connector.syncs.warehouse.redrive.first=500ms",
            "connector.syncs.warehouse.redrive.max=1s",
            "connector.syncs.warehouse.redrive.codes=DG_NOT_FOUND",
            "connector.syncs.warehouse.celona.iccid-prefixes=89105212"
        })
@Tag(TestDatabase.POSTGRESQL)
class RecoveryTest extends NightTest {
    private static final PhoneFleet FLEET = PhoneFleet.of(1, 17).downloadDelay(Duration.ofMillis(20));
    private static final Simulation SIMULATION = Simulation.start(FLEET);
    private static final String ASSIGN = "/assign-eid";

    @Autowired
    TestRestTemplate rest;

    @Autowired
    Audit audit;

    @Autowired
    Assignment assignment;

    @Autowired
    CallFailures callFailures;

    @LocalManagementPort
    int port;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        settings(registry, SIMULATION);
        registry.add("connector.syncs.warehouse.celona.poll.deadline", () -> "2s");
        // what Celona has taken is there for the phone at once, however soon it is told to fetch it
        celona().stock(100).settings().assignDelay(Duration.ZERO);
    }

    @AfterAll
    static void stop() {
        SIMULATION.close();
    }

    private static CelonaSimulator celona() {
        return SIMULATION.celona();
    }

    @BeforeEach
    void haveAQuietNightBefore() {
        celona().faults().clear();
        celona().settings().deviceGroups("Night Shift");
        states.release(NAME);
        runs.open(NAME).ifPresent(run -> runs.close(run.id(), Run.Outcome.FAILED, null, null, "a test before"));
        night();
        celona().log().clear();
    }

    private static List<Phone> newPhones(int count) {
        return FLEET.addQuick(count);
    }

    private void awaitDone(Phone phone) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(whereIs(phone)).isEqualTo("DONE DONE"));
    }

    private ResponseEntity<String> post(String path, Map<String, Object> body) {
        return rest.postForEntity("http://127.0.0.1:" + port + "/actuator" + path, body, String.class);
    }

    private String get(String path) {
        return Objects.requireNonNull(rest.getForEntity("http://127.0.0.1:" + port + "/actuator" + path, String.class)
                .getBody());
    }

    private String redrive(Map<String, Object> which) {
        Map<String, Object> body = new TreeMap<>(which);
        body.put("action", "redrive");
        body.put("reason", "mended");
        return Objects.requireNonNull(post("/deadletters/" + SYNC, body).getBody());
    }

    @Test
    void aRedriveGoesOnAtTheFailedStepAndKeepsTheHistory() {
        List<Phone> phones = newPhones(2);
        phones.forEach(phone -> celona().mishaps().refuse(phone.eid(), "FAILED"));
        night();
        assertThat(phones).allSatisfy(phone -> assertThat(whereIs(phone)).isEqualTo("DEAD AWAIT ASSIGN_FAILED"));
        phones.forEach(phone -> celona().mishaps().mend(phone.eid()));
        int pulls = SIMULATION.jamf().log().count("GET", "/mobile-devices/detail");

        assertThat(redrive(Map.of("eids", phones.get(0).eid()))).contains("\"redriven\":1");
        awaitDone(phones.get(0));
        assertThat(whereIs(phones.get(1))).startsWith("DEAD");
        assertThat(redrive(Map.of("eids", phones.get(0).eid()))).contains("\"redriven\":0");
        assertThat(redrive(Map.of(
                        "code",
                        "assign_failed",
                        "eids",
                        "89049032000001000000000000000000," + phones.get(1).eid())))
                .contains("\"redriven\":1");
        awaitDone(phones.get(1));

        assertThat(SIMULATION.jamf().log().count("GET", "/mobile-devices/detail"))
                .as("a redrive pulls nothing")
                .isEqualTo(pulls);
        assertThat(celona().truth().eidsAssignedTwice()).isEmpty();
        assertThat(deadLetter(phones.get(0))).isNull();
        assertThat(audit.of(new Eid(phones.get(0).eid()))).singleElement().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo("redrive");
            assertThat(entry.reason()).isEqualTo("mended");
            assertThat(entry.detail()).isEqualTo("ASSIGN_FAILED at AWAIT");
        });
        assertThat(jdbc.sql("select count(*) from dead_letter where eid = :eid and redriven_at is not null")
                        .param("eid", phones.get(0).eid())
                        .query(Long.class)
                        .single())
                .isOne();
    }

    @Test
    void anAssignmentWithoutAFinalStatusIsOnlyAskedForAgain() {
        Phone phone = newPhones(1).get(0);
        celona().mishaps().assignDelay(phone.eid(), Duration.ofSeconds(4));
        night();
        assertThat(whereIs(phone)).isEqualTo("DEAD AWAIT POLL_TIMEOUT");

        await().atMost(PATIENCE).untilAsserted(() -> {
            redrive(Map.of("code", "POLL_TIMEOUT"));
            assertThat(whereIs(phone)).isEqualTo("DONE DONE");
        });
        assertThat(celona().log().count("POST", ASSIGN)).isEqualTo(1);
    }

    @Test
    void aGroupThatIsMadeLaterIsJoinedByItself() {
        Phone phone = newPhones(1).get(0).join("Late");
        night();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(jdbc.sql("select count(*) from dead_letter where eid = :eid")
                                .param("eid", phone.eid())
                                .query(Long.class)
                                .single())
                        .as("it was redriven in vain")
                        .isGreaterThan(1));

        celona().settings().deviceGroups("Late Shift");
        awaitDone(phone);
        assertThat(celona().log().count("POST", "op_code=ACTIVATE_AND_DG_ASSIGN"))
                .isLessThanOrEqualTo(1);
        assertThat(audit.of(new Eid(phone.eid())))
                .allSatisfy(entry -> assertThat(entry.actor()).isEqualTo(Audit.CONNECTOR));
    }

    @Test
    void anEsimOfTheWrongPoolGoesOnOnlyIfItIsNamed() {
        Phone phone = newPhones(1).get(0);
        celona().emptyPool();
        celona().stock("89999999999999990001");
        night();
        celona().stock(50);
        assertThat(whereIs(phone)).isEqualTo("DEAD PUSH WRONG_POOL");

        redrive(Map.of());
        post(
                "/deadletters/" + SYNC,
                Map.of("action", "import", "csv", get("/deadletters/" + SYNC + "?format=csv"), "reason", "mended"));
        assertThat(whereIs(phone)).isEqualTo("DEAD PUSH WRONG_POOL");
        redrive(Map.of("eids", phone.eid()));
        awaitDone(phone);
    }

    @Test
    void deadLettersGoOutAsAFileAndComeBack() {
        List<Phone> phones = newPhones(2);
        phones.get(0).name("=HYPERLINK(\"x\")");
        phones.forEach(phone -> celona().mishaps().refuse(phone.eid(), "FAILED"));
        night();
        phones.forEach(phone -> celona().mishaps().mend(phone.eid()));

        String csv = get("/deadletters/" + SYNC + "?format=csv&code=ASSIGN_FAILED");

        assertThat(csv.lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).doesNotContain(",=").doesNotStartWith("="));
        assertThat(csv)
                .startsWith("EID,ICCID,Name,Group")
                .contains("\r\n'" + phones.get(0).eid() + ",");
        String rounded = csv.replaceAll("'89\\d{30},", "8.9E+31,");
        ResponseEntity<String> refused =
                post("/deadletters/" + SYNC, Map.of("action", "import", "csv", rounded, "reason", "mended"));
        assertThat(refused.getStatusCode().value()).isEqualTo(400);
        assertThat(refused.getBody()).contains("row ").contains("import changed nothing");
        String oneRow = "\uFEFF" + csv.replaceFirst("'" + phones.get(1).eid(), "8.9E+31");
        assertThat(post("/deadletters/" + SYNC, Map.of("action", "import", "csv", oneRow, "reason", "mended"))
                        .getBody())
                .contains("\"redriven\":1")
                .contains("row on line ")
                .contains("was rounded by a spreadsheet");
        awaitDone(phones.get(0));
        assertThat(whereIs(phones.get(1))).startsWith("DEAD");
    }

    /** A phone whose assign-eid was sent without an answer. */
    private Phone doubtful(Fault fault) {
        Phone phone = newPhones(1).get(0);
        celona().faults().once("POST", ASSIGN, fault);
        night();
        assertThat(whereIs(phone)).isEqualTo("IN_DOUBT ASSIGN ASSIGN_IN_DOUBT");
        return phone;
    }

    private long entryOf(Phone phone) {
        return jdbc.sql("select max(journal_id) from journal_device x join journal j on j.id = x.journal_id"
                        + " where x.eid = :eid and j.step = 'ASSIGN'")
                .param("eid", phone.eid())
                .query(Long.class)
                .single();
    }

    private ResponseEntity<String> decide(Phone phone, Map<String, Object> decision) {
        Map<String, Object> body = new TreeMap<>(decision);
        body.put("reason", "looked at Celona");
        return post("/indoubt/" + SYNC + "/" + entryOf(phone), body);
    }

    @Test
    void whatCelonaHasAssignedIsAdoptedByItsRequestId() {
        AtomicReference<String> answer = new AtomicReference<>("");
        Phone phone = doubtful(Fault.hangUpAfterProcessing().and(Fault.changedBody(body -> {
            answer.set(body);
            return body;
        })));
        String requestId =
                Objects.requireNonNull(answer.get()).replaceAll("(?s).*\"request_id\"\\s*:\\s*\"([^\"]+)\".*", "$1");
        assertThat(get("/indoubt/" + SYNC)).contains(phone.eid()).contains("ASSIGN_IN_DOUBT");

        assertThat(decide(phone, Map.of("action", "adopt")).getBody()).contains("adopt needs the requestId");
        assertThat(decide(phone, Map.of("action", "adopt", "requestId", requestId))
                        .getBody())
                .contains("\"decided\":1");

        awaitDone(phone);
        assertThat(celona().log().count("POST", ASSIGN)).isEqualTo(1);
        assertThat(audit.of(new Eid(phone.eid())))
                .singleElement()
                .satisfies(entry -> assertThat(entry.action()).isEqualTo("adopt"));
    }

    @Test
    void anAnswerThatComesWhenTheCallIsInDoubtEndsTheDoubt() {
        AtomicReference<String> answer = new AtomicReference<>("");
        Phone phone = doubtful(Fault.hangUpAfterProcessing().and(Fault.changedBody(body -> {
            answer.set(body);
            return body;
        })));
        Work work = new Work(syncs.get(SYNC), Work.Kind.ASSIGN, List.of(), null);
        AssignCall call = new AssignCall(entryOf(phone), List.of(), List.of());

        assignment.answered(work, call, Json.read(Objects.requireNonNull(answer.get()), Map.class));
        trigger.wake(syncs.get(SYNC));

        awaitDone(phone);
        assertThat(celona().log().count("POST", ASSIGN)).isEqualTo(1);
        assertThat(audit.of(new Eid(phone.eid())))
                .singleElement()
                .satisfies(entry -> assertThat(entry)
                        .extracting(Audit.Entry::actor, Audit.Entry::action)
                        .containsExactly(Audit.CONNECTOR, "late-answer"));
    }

    @Test
    void aRefusalThatComesWhenTheCallIsInDoubtCountsAsIfItHadComeInTime() {
        Phone phone = doubtful(Fault.hangUpBeforeProcessing());

        refuseLate(List.of(phone), 400, "the EID is not eligible");

        assertThat(whereIs(phone)).isEqualTo("DEAD ASSIGN ASSIGN_REFUSED");
        assertThat(Objects.requireNonNull(deadLetter(phone)).reason()).contains("the EID is not eligible");
        assertThat(audit.of(new Eid(phone.eid())))
                .singleElement()
                .satisfies(entry -> assertThat(entry)
                        .extracting(Audit.Entry::actor, Audit.Entry::action)
                        .containsExactly(Audit.CONNECTOR, "late-refusal"));
        assertThat(get("/devices/" + SYNC + "/" + phone.eid())).contains("\"lateAnswer\":\"status 400");
        assertThat(celona().log().count("POST", ASSIGN)).isEqualTo(1);
    }

    @Test
    void aBatchThatIsRefusedLateIsSentInHalves() {
        List<Phone> phones = newPhones(2);
        celona().faults().once("POST", ASSIGN, Fault.hangUpBeforeProcessing());
        night();

        refuseLate(phones, 400, "one of the rows is not acceptable");
        night();

        phones.forEach(this::awaitDone);
        assertThat(celona().log().of("POST", ASSIGN))
                .extracting(post -> post.csvRows().size() - 1)
                .containsExactly(2, 1, 1);
        assertThat(celona().truth().eidsAssignedTwice()).isEmpty();
    }

    @Test
    void whatTurnsOutLateNotToHaveBeenProcessedIsSentAgain() {
        Phone phone = doubtful(Fault.hangUpBeforeProcessing());
        AssignCall call = callInDoubt(List.of(phone));

        callFailures.failed(workOf(call), call, null, null, null, refusal(429, "slow down"));
        assertThat(whereIs(phone)).isEqualTo("WAITING ASSIGN THROTTLED");
        night();

        awaitDone(phone);
        assertThat(celona().log().count("POST", ASSIGN)).isEqualTo(2);
        assertThat(celona().truth().eidsAssignedTwice()).isEmpty();
    }

    @Test
    void aLateRefusalChangesNothingOfWhatAPersonHasDecided() {
        Phone phone = doubtful(Fault.hangUpBeforeProcessing());
        decide(phone, Map.of("action", "give-up"));

        refuseLate(List.of(phone), 400, "the EID is not eligible");

        assertThat(whereIs(phone)).isEqualTo("DEAD ASSIGN GIVEN_UP");
        assertThat(audit.of(new Eid(phone.eid())))
                .extracting(Audit.Entry::action)
                .containsExactly("give-up");
        assertThat(get("/devices/" + SYNC + "/" + phone.eid())).contains("\"lateAnswer\":\"status 400");
    }

    private void refuseLate(List<Phone> phones, int status, String error) {
        AssignCall call = callInDoubt(phones);
        callFailures.failed(workOf(call), call, null, null, null, refusal(status, error));
    }

    private AssignCall callInDoubt(List<Phone> phones) {
        List<Device> sent = phones.stream()
                .map(phone -> jdbc.sql(DeviceRows.SELECT + " where d.eid = :eid")
                        .param("eid", phone.eid())
                        .query(new DeviceRows())
                        .single())
                .toList();
        return new AssignCall(entryOf(phones.get(0)), sent, List.of());
    }

    private Work workOf(AssignCall call) {
        return new Work(syncs.get(SYNC), Work.Kind.ASSIGN, call.devices(), null);
    }

    private static Exception refusal(int status, String error) {
        String envelope = Json.write(Map.of("code", status, "error", error, "success", false));
        return new HttpOperationFailedException(celona().url(), status, "", null, Map.of(), envelope);
    }

    @Test
    void anEsimThatWasFreedProvesNothing() {
        Phone phone = newPhones(1).get(0);
        night();
        awaitDone(phone);
        for (String action : List.of("retire", "release")) {
            post(
                    "/devices/" + SYNC + "/" + phone.eid(),
                    Map.of("action", action, "reason", "repaired", "confirm", "deactivated and deleted"));
        }
        celona().faults().once("POST", ASSIGN, Fault.hangUpBeforeProcessing());
        night();
        night();

        assertThat(whereIs(phone))
                .as("the inventory still shows the eSIM that it had before")
                .isEqualTo("IN_DOUBT ASSIGN ASSIGN_IN_DOUBT");
        assertThat(get("/indoubt/" + SYNC)).contains(phone.celonaIccids().get(0));
    }

    @Test
    void whatCelonaHasNotAssignedIsReleasedOnce() {
        Phone phone = doubtful(Fault.hangUpBeforeProcessing());

        assertThat(decide(phone, Map.of("action", "release")).getBody()).contains("\"decided\":1");
        awaitDone(phone);
        assertThat(decide(phone, Map.of("action", "release")).getStatusCode().value())
                .isEqualTo(409);

        assertThat(celona().log().count("POST", ASSIGN)).isEqualTo(2);
        assertThat(celona().truth().eidsAssignedTwice()).isEmpty();
    }

    @Test
    void whatIsGivenUpIsPostedAgainByNoRedrive() {
        Phone phone = doubtful(Fault.hangUpAfterProcessing());
        decide(phone, Map.of("action", "give-up"));
        assertThat(whereIs(phone)).isEqualTo("DEAD ASSIGN GIVEN_UP");

        redrive(Map.of());
        for (Map<String, Object> which : List.<Map<String, Object>>of(
                Map.of("code", "GIVEN_UP"),
                Map.of("eids", phone.eid()),
                Map.of("code", "GIVEN_UP", "eids", phone.eid()))) {
            assertThat(redrive(which)).contains("second eSIM").contains("adopt").contains("release");
        }
        post(
                "/deadletters/" + SYNC,
                Map.of("action", "import", "csv", get("/deadletters/" + SYNC + "?format=csv"), "reason", "mended"));
        jdbc.sql("update dead_letter set redrive_at = current_timestamp where eid = :eid")
                .param("eid", phone.eid())
                .update();
        night();

        assertThat(whereIs(phone)).isEqualTo("DEAD ASSIGN GIVEN_UP");
        assertThat(Objects.requireNonNull(deadLetter(phone)).reason()).contains("looked at Celona");
        assertThat(celona().log().count("POST", ASSIGN)).isEqualTo(1);
    }

    @Test
    void aRedriveThatNamesOneThatWasGivenUpRedrivesNone() {
        Phone failed = newPhones(1).get(0);
        celona().mishaps().refuse(failed.eid(), "FAILED");
        night();
        Phone phone = doubtful(Fault.hangUpAfterProcessing());
        decide(phone, Map.of("action", "give-up"));
        celona().mishaps().mend(failed.eid());
        assertThat(whereIs(failed)).isEqualTo("DEAD AWAIT ASSIGN_FAILED");

        assertThat(redrive(Map.of("eids", failed.eid() + "," + phone.eid()))).contains("Nothing was redriven");
        assertThat(whereIs(failed)).isEqualTo("DEAD AWAIT ASSIGN_FAILED");
        redrive(Map.of());
        awaitDone(failed);
    }

    @Test
    void whatIsGivenUpIsAdoptedAfterAll() {
        AtomicReference<String> answer = new AtomicReference<>("");
        Phone phone = doubtful(Fault.hangUpAfterProcessing().and(Fault.changedBody(body -> {
            answer.set(body);
            return body;
        })));
        String requestId =
                Objects.requireNonNull(answer.get()).replaceAll("(?s).*\"request_id\"\\s*:\\s*\"([^\"]+)\".*", "$1");
        decide(phone, Map.of("action", "give-up"));
        Map<String, Object> adopt = Map.of("action", "adopt", "eids", phone.eid(), "reason", "found it at Celona");

        assertThat(post("/deadletters/" + SYNC, adopt).getBody()).contains("adopt needs the requestId");
        Map<String, Object> withId = new TreeMap<>(adopt);
        withId.put("requestId", requestId);
        assertThat(post("/deadletters/" + SYNC, withId).getBody()).contains("\"decided\":1");
        assertThat(post("/deadletters/" + SYNC, withId).getStatusCode().value()).isEqualTo(409);

        awaitDone(phone);
        assertThat(deadLetter(phone)).isNull();
        assertThat(celona().log().count("POST", ASSIGN)).isEqualTo(1);
        assertThat(audit.of(new Eid(phone.eid())))
                .extracting(Audit.Entry::action)
                .containsExactly("give-up", "adopt");
    }

    @Test
    void whatIsGivenUpIsAdoptedByTheRequestOfALateAnswer() {
        AtomicReference<String> answer = new AtomicReference<>("");
        Phone phone = doubtful(Fault.hangUpAfterProcessing().and(Fault.changedBody(body -> {
            answer.set(body);
            return body;
        })));
        decide(phone, Map.of("action", "give-up"));
        AssignCall call = callInDoubt(List.of(phone));
        assignment.answered(workOf(call), call, Json.read(Objects.requireNonNull(answer.get()), Map.class));
        assertThat(whereIs(phone)).isEqualTo("DEAD ASSIGN GIVEN_UP");

        assertThat(decide(phone, Map.of("action", "adopt")).getBody()).contains("\"decided\":1");

        awaitDone(phone);
        assertThat(celona().log().count("POST", ASSIGN)).isEqualTo(1);
    }

    @Test
    void whatIsGivenUpIsPostedAgainOnceItIsReleased() {
        Phone phone = doubtful(Fault.hangUpBeforeProcessing());
        decide(phone, Map.of("action", "give-up"));

        Map<String, Object> release =
                Map.of("action", "release", "code", "GIVEN_UP", "eids", phone.eid(), "reason", "not at Celona");
        assertThat(post("/deadletters/" + SYNC, release).getBody()).contains("\"decided\":1");
        night();

        awaitDone(phone);
        assertThat(celona().log().count("POST", ASSIGN)).isEqualTo(2);
        assertThat(celona().truth().eidsAssignedTwice()).isEmpty();
    }

    @Test
    void anEsimThatTheInventoryShowsEndsTheDoubt() {
        Phone phone = doubtful(Fault.hangUpAfterProcessing());

        assertThat(decide(phone, Map.of("action", "probe")).getBody()).contains("\"decided\":1");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(phone.celonaIccids()).hasSize(1));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(whereIs(phone)).isEqualTo("IN_DOUBT ASSIGN ASSIGN_IN_DOUBT"));
        night();

        awaitDone(phone);
        assertThat(celona().log().count("POST", ASSIGN)).isEqualTo(1);
        assertThat(celona().truth().activeEids()).contains(phone.eid());
        assertThat(audit.of(new Eid(phone.eid())))
                .extracting(Audit.Entry::action)
                .containsExactly("probe", "evidence");
    }

    @Test
    void whatARedriveDoesNotUnderstandIsSaid() {
        assertThat(post("/deadletters/nobody", Map.of("action", "redrive"))
                        .getStatusCode()
                        .value())
                .isEqualTo(404);
        assertThat(post("/deadletters/" + SYNC, Map.of("action", "bury")).getBody())
                .contains("redrive, import, adopt or release");
        assertThat(post("/deadletters/" + SYNC, Map.of("action", "redrive", "code", "NONSENSE"))
                        .getBody())
                .contains("no reason has the code NONSENSE");
        assertThat(post("/deadletters/" + SYNC, Map.of("action", "redrive", "eids", "8904, 12", "reason", "mended"))
                        .getBody())
                .contains("8904")
                .contains("redrive changed nothing");
        assertThat(post("/deadletters/" + SYNC, Map.of("action", "import", "csv", "a,b\n1,2\n", "reason", "mended"))
                        .getBody())
                .contains("no column EID");
    }

    @Test
    void whatGoesIntoTheAuditNeedsAReason() {
        Phone phone = doubtful(Fault.hangUpBeforeProcessing());
        String entry = "/indoubt/" + SYNC + "/" + entryOf(phone);
        for (String action : List.of("adopt", "release", "probe", "give-up")) {
            assertNoReason(post(entry, Map.of("action", action, "requestId", "1")));
        }
        assertThat(whereIs(phone)).isEqualTo("IN_DOUBT ASSIGN ASSIGN_IN_DOUBT");
        assertThat(decide(phone, Map.of("action", "forget")).getBody()).contains("adopt, release, probe or give-up");
        decide(phone, Map.of("action", "give-up"));

        assertNoReason(post("/deadletters/" + SYNC, Map.of("action", "redrive", "eids", phone.eid())));
        assertNoReason(post("/deadletters/" + SYNC, Map.of("action", "import", "csv", phone.eid(), "reason", " ")));
        assertThat(whereIs(phone)).isEqualTo("DEAD ASSIGN GIVEN_UP");
    }

    private static void assertNoReason(ResponseEntity<String> answer) {
        assertThat(answer.getStatusCode().value()).isEqualTo(400);
        assertThat(answer.getBody()).contains("\\\"reason\\\" is missing");
    }
}
