package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Iccid;
import io.celonamdm.ledger.database.Audit;
import io.celonamdm.ledger.device.EarlierCalls;
import io.celonamdm.ledger.device.Journal;
import io.celonamdm.login.Login;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.Eids;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.TestRestTemplate;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** A person's view of single devices, and actions on them. */
@TestPropertySource(properties = "connector.syncs.warehouse.mdm.push=command")
class DevicesEndpointTest extends NightTest {
    private static final PhoneFleet FLEET = PhoneFleet.of(5, 23).downloadDelay(Duration.ofMillis(20));
    private static final Simulation SIMULATION = Simulation.start(FLEET);
    private static final Random RANDOM = new Random(24);
    private static final String ASSIGN = "/assign-eid";
    private static final String CONFIRMED = "deactivated and deleted";

    @Autowired
    TestRestTemplate rest;

    @Autowired
    Audit audit;

    @Autowired
    EarlierCalls calls;

    @Autowired
    Journal journal;

    @LocalManagementPort
    int port;

    @LocalServerPort
    int pages;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        settings(registry, SIMULATION);
        registry.add("connector.syncs.warehouse.celona.provision.patience", () -> "6s");
        SIMULATION.celona().stock(50);
    }

    @AfterAll
    static void stop() {
        SIMULATION.close();
    }

    @BeforeEach
    void haveANight() {
        night();
    }

    /** A phone that is off, whose eSIM waits for it. */
    private Phone waitingPhone() {
        String serial = "SN" + RANDOM.nextInt(1_000_000_000);
        Phone phone = new Phone(Eids.next(RANDOM), serial, "Phone " + serial);
        phone.behaviour().downloadDelay(Duration.ofMillis(20)).online(false);
        FLEET.add(phone);
        night();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(whereIs(phone)).startsWith("WAITING PUSH"));
        // it is not looked at again unless somebody asks for it
        await().atMost(PATIENCE)
                .until(() -> jdbc.sql("""
                                update device set due_at = current_timestamp + interval '1' day where eid = :eid and place = 'WAITING'
                                """).param("eid", phone.eid()).update() == 1);
        return phone;
    }

    private ResponseEntity<JsonNode> get(String path) {
        return rest.getForEntity(url(path), JsonNode.class);
    }

    private JsonNode trace(Phone phone) {
        return Objects.requireNonNull(get("/" + phone.eid()).getBody());
    }

    private ResponseEntity<JsonNode> post(Phone phone, Map<String, String> body) {
        return rest.postForEntity(url("/" + phone.eid()), body, JsonNode.class);
    }

    private void assertAccepted(Phone phone, String action) {
        ResponseEntity<JsonNode> answer =
                post(phone, Map.of("action", action, "reason", "asked for by a test", "confirm", CONFIRMED));
        assertThat(answer.getStatusCode().value()).as("%s", answer.getBody()).isEqualTo(202);
        assertThat(audit.of(new Eid(phone.eid())))
                .last()
                .satisfies(entry -> assertThat(entry)
                        .extracting(Audit.Entry::actor, Audit.Entry::action, Audit.Entry::reason)
                        .containsExactly(Login.OPERATOR.user(), action, "asked for by a test"));
    }

    private void assertRefused(Phone phone, String action, String why) {
        int before = audit.of(new Eid(phone.eid())).size();
        ResponseEntity<JsonNode> answer = post(phone, Map.of("action", action, "reason", "x", "confirm", CONFIRMED));
        assertThat(answer.getStatusCode().value()).isEqualTo(409);
        assertThat(Objects.requireNonNull(answer.getBody()).path("error").asText())
                .contains(why);
        assertThat(audit.of(new Eid(phone.eid()))).hasSize(before);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + port + "/actuator/devices/" + SYNC + path;
    }

    private void awaitPlace(Phone phone, String place) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(whereIs(phone)).isEqualTo(place));
    }

    @Test
    void aRowThatContradictsItselfHidesNoOther() {
        String eid = Eids.next(RANDOM);
        jdbc.sql("""
                        insert into device (sync, customer_id, eid, step, place, created_at)
                        values (:sync, '104242', :eid, 'NO_STEP', 'NOWHERE', current_timestamp)
                        """).param("sync", SYNC).param("eid", eid).update();
        try {
            JsonNode all = Objects.requireNonNull(get("?limit=1000").getBody()).path("devices");
            assertThat(all.findValuesAsText("eid"))
                    .contains(eid)
                    .containsAll(FLEET.phones().stream().map(Phone::eid).toList());
            assertThat(all.findValuesAsText("place")).contains("NOWHERE", "DONE");
            long id = jdbc.sql("select id from device where eid = :eid")
                    .param("eid", eid)
                    .query(Long.class)
                    .single();
            for (String page : List.of("/devices", "/devices/" + id)) {
                assertThat(rest.getForObject("http://127.0.0.1:" + pages + "/syncs/" + SYNC + page, String.class))
                        .contains("NOWHERE", "NO_STEP", "contradicts itself", "restore a backup");
            }
        } finally {
            jdbc.sql("delete from device where eid = :eid").param("eid", eid).update();
        }
    }

    @Test
    void aTraceHasEachCallThatADeviceWasPartOf() {
        Phone phone = FLEET.phones().get(0);
        JsonNode trace = trace(phone);

        JsonNode device = trace.path("device");
        assertThat(device.path("place").asText()).isEqualTo("DONE");
        assertThat(device.path("step").asText())
                .as("it has none, and shows its place")
                .isEqualTo("DONE");
        assertThat(device.path("iccid").asText()).isEqualTo(phone.celonaIccids().get(0));
        assertThat(device.path("doneAt").asText()).isNotEmpty();
        assertThat(trace.path("calls").findValuesAsText("step"))
                .startsWith("ASSIGN", "PUSH")
                .endsWith("ACTIVATE");
        JsonNode assign = trace.path("calls").get(0);
        assertThat(assign.path("state").asText()).isEqualTo("ANSWERED");
        assertThat(assign.path("requestId").asText())
                .isEqualTo(device.path("requestId").asText());
        assertThat(assign.path("answer").asText()).contains("request_id");
        assertThat(assign.path("name").asText()).isEqualTo(device.path("name").asText());
    }

    @Test
    void anAnswerThatComesLateIsKeptInTheTrace() {
        Phone phone = FLEET.phones().get(0);
        JsonNode before = trace(phone).path("calls").get(0);

        assertThat(journal.answered(before.path("entry").asLong(), "another", null, "an answer that came late"))
                .isFalse();

        JsonNode after = trace(phone).path("calls").get(0);
        assertThat(after.path("lateAnswer").asText()).isEqualTo("an answer that came late");
        assertThat(after.path("answer")).isEqualTo(before.path("answer"));
        assertThat(after.path("requestId")).isEqualTo(before.path("requestId"));
    }

    @Test
    void pagesShowEachDeviceOnce() {
        List<String> eids = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = Objects.requireNonNull(
                    get("?place=done&step=done&limit=2&after=" + after).getBody());
            page.path("devices").forEach(device -> eids.add(device.path("eid").asText()));
            after = page.path("after").asText("");
        } while (!after.isEmpty() && !"null".equals(after));

        assertThat(eids)
                .doesNotHaveDuplicates()
                .containsAll(FLEET.phones().stream().limit(2).map(Phone::eid).toList());
        assertThat(Objects.requireNonNull(get("?step=assign").getBody()).path("devices"))
                .isEmpty();
    }

    @Test
    void whatDoesNotExistIsToldHelpfully() {
        assertThat(get("/89049032000001000000000000000000").getStatusCode().value())
                .isEqualTo(404);
        assertThat(get("/123").getStatusCode().value()).isEqualTo(400);
        assertThat(get("?place=nowhere").getStatusCode().value()).isEqualTo(400);
        assertThat(get("?step=nothing").getStatusCode().value()).isEqualTo(400);
        assertThat(get("?code=nonsense").getStatusCode().value()).isEqualTo(400);
        Phone phone = FLEET.phones().get(0);
        assertThat(post(phone, Map.of("action", "dance", "reason", "x"))
                        .getStatusCode()
                        .value())
                .isEqualTo(400);
        assertThat(post(phone, Map.of("action", "hold")).getStatusCode().value())
                .as("without a reason")
                .isEqualTo(400);
        assertThat(post(phone, Map.of("action", "retire", "reason", "lost"))
                        .getStatusCode()
                        .value())
                .as("without a confirmation")
                .isEqualTo(400);
    }

    @Test
    void aWaitingDeviceIsTakenUpAtOnce() {
        Phone phone = waitingPhone();
        phone.behaviour().online(true);

        assertAccepted(phone, "sync");

        awaitPlace(phone, "DONE DONE");
        assertRefused(phone, "sync", "nothing is due");
        assertRefused(phone, "hold", "it is DONE");
        assertRefused(phone, "release", "nobody held");
    }

    @Test
    void aDeviceGoesOnceMoreFromItsPush() {
        Phone phone = FLEET.phones().get(1);
        String iccid = phone.celonaIccids().get(0);
        int commands = SIMULATION.jamf().commands(phone).size();
        int assigned = SIMULATION.celona().log().count("POST", ASSIGN);

        assertAccepted(phone, "push");

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(SIMULATION.jamf().commands(phone)).hasSize(commands + 1));
        awaitPlace(phone, "DONE DONE");
        assertThat(trace(phone).path("device").path("iccid").asText()).isEqualTo(iccid);
        assertThat(SIMULATION.celona().log().count("POST", ASSIGN)).isEqualTo(assigned);
    }

    @Test
    void aDeviceThatIsHeldStaysSoUntilItIsReleased() {
        Phone phone = waitingPhone();
        assertAccepted(phone, "hold");
        assertThat(whereIs(phone)).isEqualTo("HELD PUSH HELD_BY_OPERATOR");
        assertRefused(phone, "hold", "HELD_BY_OPERATOR");
        assertRefused(phone, "push", "HELD_BY_OPERATOR");
        assertRefused(phone, "sync", "HELD_BY_OPERATOR");
        phone.behaviour().online(true);
        night();
        assertThat(whereIs(phone)).isEqualTo("HELD PUSH HELD_BY_OPERATOR");

        assertAccepted(phone, "release");

        awaitPlace(phone, "DONE DONE");
    }

    @Test
    void aRetiredDeviceIsLeftAloneUntilItIsReleased() {
        Phone phone = FLEET.phones().get(2);
        String iccid = phone.celonaIccids().get(0);
        int assigned = SIMULATION.celona().log().count("POST", ASSIGN);

        assertAccepted(phone, "retire");

        assertThat(whereIs(phone)).isEqualTo("RETIRED RETIRED");
        assertThat(audit.of(new Eid(phone.eid())))
                .last()
                .satisfies(entry -> assertThat(entry.detail()).contains(iccid));
        assertThat(trace(phone).path("device").path("iccid").isNull()).isTrue();
        assertThat(trace(phone).path("device").path("present").asBoolean()).isTrue();
        assertThat(jdbc.sql("select count(*) from device where iccid = :iccid or owned_eid = :eid")
                        .param("iccid", iccid)
                        .param("eid", phone.eid())
                        .query(Integer.class)
                        .single())
                .as("the ICCID and the EID are free")
                .isZero();
        assertRefused(phone, "retire", "no eSIM");
        night();
        assertThat(whereIs(phone)).isEqualTo("RETIRED RETIRED");
        assertThat(SIMULATION.celona().log().count("POST", ASSIGN)).isEqualTo(assigned);

        assertAccepted(phone, "release");
        assertThat(whereIs(phone)).isEqualTo("HELD ASSIGN RELEASED");
        night();
        awaitPlace(phone, "DONE DONE");
        assertThat(SIMULATION.celona().log().count("POST", ASSIGN)).isEqualTo(assigned + 1);
        assertThat(trace(phone).path("device").path("iccid").asText()).isNotEqualTo(iccid);
        assertThat(trace(phone).path("calls").findValuesAsText("iccid")).contains(iccid);
    }

    @Test
    void aFreedIccidTellsNothingOfTheDeviceThatGetsIt() {
        Phone before = FLEET.phones().get(3);
        Phone after = FLEET.phones().get(4);
        Iccid iccid = Iccid.of(before.celonaIccids().get(0));
        assertAccepted(before, "retire");

        assertThat(calls.activatedBefore(entryOf(before, iccid))).contains(iccid);
        assertThat(calls.activatedBefore(entryOf(after, iccid)))
                .as("it was another device that activated it")
                .doesNotContain(iccid);
    }

    /** A journal entry after all others that sends the ICCID for the phone. */
    private long entryOf(Phone phone, Iccid iccid) {
        long entry = Long.MAX_VALUE - RANDOM.nextInt(1_000_000);
        jdbc.sql("""
                        insert into journal_device (journal_id, device_id, eid, iccid)
                        select :entry, id, eid, :iccid from device where eid = :eid
                        """)
                .param("entry", entry)
                .param("iccid", iccid.value())
                .param("eid", phone.eid())
                .update();
        return entry;
    }
}
