package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.Step;
import io.celonamdm.ledger.device.DeadLetter;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.simulator.DemoMishap;
import io.celonamdm.simulator.DemoScenario;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.sync.Reports;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.TestRestTemplate;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** The demo's night, in which every possible mishap hits one phone. */
@TestPropertySource(
        properties = {
            "connector.syncs.warehouse.device-groups[0].when.mdm-group=" + DemoScenario.DRIVERS,
            "connector.syncs.warehouse.device-groups[0].group=" + DemoScenario.FIELD_CREW,
            "connector.syncs.warehouse.device-groups[1].when.mdm-group=" + DemoScenario.WAREHOUSE,
            "connector.syncs.warehouse.device-groups[1].group=" + DemoScenario.SCANNERS,
            "connector.syncs.warehouse.device-groups[2].when.mdm-group=" + DemoScenario.LOANERS,
            "connector.syncs.warehouse.device-groups[2].group=" + DemoScenario.LOAN_POOL,
            "connector.syncs.warehouse.celona.batch-size=20",
            "connector.syncs.warehouse.mdm.page-size=25"
        })
class MishapsTest extends NightTest {
    private static final DemoScenario SCENARIO = DemoScenario.start();
    private static boolean over;

    @Autowired
    Reports reports;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        SCENARIO.simulation().jamf().settings().extensionAttribute("Celona SM-DP+ address");
        SCENARIO.simulation().jamf().settings().extensionAttribute("Celona eSIM state");
        settings(registry, SCENARIO.simulation());
    }

    @BeforeEach
    void haveTheNight() {
        if (!over) {
            over = true;
            assertThat(night().outcome()).isEqualTo(Run.Outcome.PARTIAL);
        }
    }

    @AfterAll
    static void stop() {
        SCENARIO.close();
    }

    private static Phone phone(DemoMishap mishap) {
        return SCENARIO.phone(mishap);
    }

    @Test
    void everyHealthyPhoneIsDone() {
        assertThat(SCENARIO.healthy())
                .allSatisfy(phone ->
                        assertThat(whereIs(phone)).as("%s", phone.name()).isEqualTo("DONE DONE"));
        assertThat(SCENARIO.simulation().celona().truth().eidsAssignedTwice()).isEmpty();
    }

    @Test
    void aBusyPhoneIsAskedAgain() {
        assertThat(whereIs(phone(DemoMishap.BUSY))).isEqualTo("DONE DONE");
    }

    @Test
    void aPhoneThatIsOffWaitsAndKeepsNoRunOpen() {
        assertThat(whereIs(phone(DemoMishap.OFFLINE))).startsWith("WAITING CONFIRM UNCONFIRMED");
        assertThat(SCENARIO.simulation().jamf().commands(phone(DemoMishap.OFFLINE)))
                .hasSize(1);
    }

    @Test
    void eachFailureIsADeadLetterWithItsReason() {
        assertDead(DemoMishap.REFUSED_EID, Step.AWAIT, ReasonCode.ASSIGN_FAILED, "FAILED");
        assertDead(DemoMishap.UNKNOWN_ICCID, Step.ACTIVATE, ReasonCode.UNKNOWN_ICCID, "No IMSI records found");
        assertDead(DemoMishap.UNKNOWN_GROUP, Step.ACTIVATE, ReasonCode.DG_NOT_FOUND, DemoScenario.LOAN_POOL);
        assertDead(DemoMishap.UNSUPPORTED_HARDWARE, Step.CONFIRM, ReasonCode.HARDWARE_UNSUPPORTED, "36002");
        assertDead(DemoMishap.VANISHING_ICCID, Step.ACTIVATE, ReasonCode.UNACCOUNTED, "in no list");
        assertDead(DemoMishap.ALREADY_IN_GROUP, Step.ACTIVATE, ReasonCode.GROUP_UNKNOWN, "already are assigned");
    }

    private void assertDead(DemoMishap mishap, Step step, ReasonCode code, String reason) {
        DeadLetter letter = Objects.requireNonNull(deadLetter(phone(mishap)), mishap.name());
        assertThat(letter.step()).as("%s", mishap).isEqualTo(step);
        assertThat(letter.code()).as("%s", mishap).isEqualTo(code);
        assertThat(letter.reason()).contains(reason);
        assertThat(letter.attempts()).isPositive();
        assertThat(letter.run()).isNotNull();
        assertThat(letter.mdmId()).isNotBlank();
        assertThat(letter.name()).isNotBlank();
        assertThat(letter.lastAt()).isAfterOrEqualTo(letter.firstAt());
    }

    @Test
    void anActivePhoneWithoutItsGroupWillOnlyBeGrouped() {
        String op = jdbc.sql("select op_code from device where eid = :eid")
                .param("eid", phone(DemoMishap.UNKNOWN_GROUP).eid())
                .query(String.class)
                .single();
        assertThat(op).isEqualTo("DG_ASSIGN");
    }

    @Test
    void recordsThatCannotBeServedAreFindings() {
        Run run = runs.history(NAME, 10).get(runs.history(NAME, 10).size() - 1);
        assertThat(reports.report(run).findings())
                .containsEntry("NO_EID", 1L)
                .containsEntry("EID_SCIENTIFIC", 1L)
                .containsEntry("DUPLICATE_EID", 1L)
                .containsEntry("USER_ENROLLED", 1L);
        assertThat(whereIs(phone(DemoMishap.PERSONAL))).isEqualTo("nowhere");
        assertThat(whereIs(phone(DemoMishap.ENROLLED_TWICE))).isEqualTo("DONE DONE");
    }

    @Test
    void jamfIsToldAddressAndState() {
        assertThat(SCENARIO.simulation()
                        .jamf()
                        .extensionAttributes(SCENARIO.healthy().get(0)))
                .containsEntry("Celona SM-DP+ address", List.of("https://sm-v4-072-d-gtm.pr.go-esim.com"))
                .containsEntry("Celona eSIM state", List.of("DONE"));
        assertThat(SCENARIO.simulation().jamf().extensionAttributes(phone(DemoMishap.UNKNOWN_GROUP)))
                .containsEntry("Celona eSIM state", List.of("DEAD"));
    }

    @Test
    void anotherNightWritesNothingNew() {
        int posts = SCENARIO.simulation().celona().log().count("POST", "assign-eid");
        Run run = night();
        assertThat(run.planned()).isZero();
        assertThat(SCENARIO.simulation().celona().log().count("POST", "assign-eid"))
                .isEqualTo(posts);
        assertThat(SCENARIO.simulation().celona().truth().eidsAssignedTwice()).isEmpty();
    }

    @Autowired
    TestRestTemplate rest;

    @LocalManagementPort
    int port;

    @Test
    void theEndpointsTellTheNight() {
        List<Map<String, Object>> syncs = get("/syncs");
        assertThat(syncs).hasSize(1);
        assertThat(syncs.get(0)).containsEntry("name", SYNC).containsKeys("nextRun", "lastGoodRun", "deadLetters");
        List<Map<String, Object>> letters = get("/deadletters/" + SYNC + "?code=dg_not_found");
        assertThat(letters)
                .singleElement()
                .satisfies(letter -> assertThat(letter)
                        .containsEntry("eid", phone(DemoMishap.UNKNOWN_GROUP).eid())
                        .containsEntry("step", "ACTIVATE"));
        assertThat(get("/runs?sync=" + SYNC))
                .isNotEmpty()
                .allSatisfy(run -> assertThat(run).containsKeys("id", "outcome", "report"));
        assertThat(rest.getForEntity(url("/syncs/nobody"), String.class)
                        .getStatusCode()
                        .value())
                .isEqualTo(404);
        assertThat(rest.getForEntity(url("/deadletters/" + SYNC + "?code=NONSENSE"), String.class)
                        .getStatusCode()
                        .value())
                .isEqualTo(400);
        assertThat(rest.getForEntity(url("/health"), String.class).getBody()).contains("\"UP\"");
    }

    private List<Map<String, Object>> get(String path) {
        return Objects.requireNonNull(rest.exchange(
                        url(path), HttpMethod.GET, null, new ParameterizedTypeReference<List<Map<String, Object>>>() {})
                .getBody());
    }

    private String url(String path) {
        return "http://127.0.0.1:" + port + "/actuator" + path;
    }
}
